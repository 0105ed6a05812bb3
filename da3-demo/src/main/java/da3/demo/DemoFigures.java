package da3.demo;

import da3.core.ModelReference;

/**
 * Facts about a run that the page shows.
 *
 * @param model name of the model, as given on the command line
 * @param engine description of the engine
 * @param views number of views of each scene
 * @param renderSeconds time to render images, depth and cameras
 * @param peakBytes peak resident memory of the process, or -1 if the system does not report it
 */
public record DemoFigures(
        String model,
        String engine,
        int views,
        int width,
        int height,
        long seed,
        double renderSeconds,
        long peakBytes) {

    /** Returns whether the model is one for trying things out rather than a published one. */
    boolean forTrial() {
        return untrained() || model.equals(ModelReference.TINY);
    }

    /** Returns the name of the template that introduces the model. */
    String modelTemplate() {
        return untrained() ? "model-untrained.html" : forTrial() ? "model-tiny.html" : "model.html";
    }

    boolean untrained() {
        return model.startsWith(ModelReference.SEEDED);
    }
}

package da3.demo;

import da3.core.ModelReference;

/**
 * What the page states of the run.
 *
 * @param model as on the command line
 * @param engine what computed, in words
 * @param photographing seconds that rendering took
 * @param peakBytes the process's high-water mark, or -1 where the system does not tell
 */
public record DemoFigures(
        String model,
        String engine,
        int views,
        int width,
        int height,
        long seed,
        double photographing,
        long peakBytes) {

    boolean untrained() {
        return model.startsWith(ModelReference.SEEDED);
    }
}

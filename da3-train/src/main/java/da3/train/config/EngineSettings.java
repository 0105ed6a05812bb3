package da3.train.config;

import da3.nn.Precision;
import da3.train.yaml.Section;

/**
 * The engines. Every worker has its own engine and processes an equal share of the scenes of a step.
 *
 * @param name name of an engine, or {@code auto}
 * @param threads number of threads of each engine
 * @param recompute whether the backward pass recomputes blocks to save memory
 */
public record EngineSettings(String name, Precision precision, int workers, int threads, boolean recompute) {

    static EngineSettings read(Section s) {
        return new EngineSettings(
                s.text("name", "auto"),
                s.checked("precision", p -> Precision.of(p.text("precision", Precision.FLOAT32.id()))),
                s.integer("workers", 1, 1, 1024),
                s.integer("threads", 1, 1, 1024),
                s.flag("recompute", false));
    }
}

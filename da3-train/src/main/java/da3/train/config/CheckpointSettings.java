package da3.train.config;

import da3.train.yaml.Section;

/**
 * Settings of checkpoints. A run is also saved at its end and when a stop is requested.
 *
 * @param minutes minutes between two checkpoints
 * @param keep number of newest checkpoints to keep, in addition to the best
 * @param logSteps number of steps between two lines of progress
 */
public record CheckpointSettings(double minutes, int keep, long logSteps) {

    static CheckpointSettings read(Section s) {
        return new CheckpointSettings(
                s.number("minutes", 10, 0, Double.MAX_VALUE),
                s.integer("keep", 3, 1, 1_000_000),
                s.integer("log_steps", 20L, 1, Long.MAX_VALUE));
    }
}

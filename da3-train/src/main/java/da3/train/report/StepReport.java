package da3.train.report;

import java.util.Map;

/**
 * What one step says.
 *
 * @param step number of steps taken, this one included
 * @param terms of the loss by name, in their order; {@code total} among them
 * @param gradientNorm before clipping
 * @param learningRateFactor of the schedule
 * @param scenesPerSecond since the step before
 * @param skipped steps left out so far because their loss or gradient was not finite
 */
public record StepReport(
        long step,
        Map<String, Double> terms,
        double gradientNorm,
        double learningRateFactor,
        double scenesPerSecond,
        long skipped) {}

package da3.train.report;

import java.util.Map;

/**
 * The report of one step.
 *
 * @param step number of steps taken, including this one
 * @param terms terms of the loss by name, including {@code total}, in their order
 * @param gradientNorm norm of the gradients before clipping
 * @param learningRateFactor factor of the schedule
 * @param scenesPerSecond rate since the previous step
 * @param skipped number of steps skipped so far because their loss or gradient was not finite
 */
public record StepReport(
        long step,
        Map<String, Double> terms,
        double gradientNorm,
        double learningRateFactor,
        double scenesPerSecond,
        long skipped) {}

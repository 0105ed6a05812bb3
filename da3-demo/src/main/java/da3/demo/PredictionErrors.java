package da3.demo;

import java.util.OptionalDouble;

/**
 * How far a prediction is from the truth, beside what takes no look at the images.
 *
 * @param absRel mean of |prediction - truth| / truth, after scaling by the medians
 * @param constantAbsRel the same of one depth for all pixels
 * @param delta1 share of the pixels where prediction and truth differ by a factor below 1.25, after scaling
 * @param constantDelta1 the same of one depth for all pixels
 * @param rotation mean error of the relative rotation over all pairs of views, degrees; empty without predicted cameras
 *     or with a single view
 * @param identityRotation the same of cameras that do not turn
 */
record PredictionErrors(
        double absRel,
        double constantAbsRel,
        double delta1,
        double constantDelta1,
        OptionalDouble rotation,
        OptionalDouble identityRotation) {}

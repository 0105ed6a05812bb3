package da3.demo;

import java.util.OptionalDouble;

/**
 * Errors of a prediction, and those of baselines that do not look at the images.
 *
 * @param absRel mean of |prediction - truth| / truth, after scaling by the medians
 * @param constantAbsRel AbsRel of the same depth for all pixels
 * @param delta1 share of pixels whose depth is within a factor of 1.25 of the truth, after scaling, 0 to 1
 * @param constantDelta1 delta1 of the same depth for all pixels
 * @param rotation mean error of the relative rotation over all pairs of views, in degrees; empty without predicted
 *     cameras or with a single view
 * @param identityRotation rotation error of cameras without rotation
 */
record PredictionErrors(
        double absRel,
        double constantAbsRel,
        double delta1,
        double constantDelta1,
        OptionalDouble rotation,
        OptionalDouble identityRotation) {}

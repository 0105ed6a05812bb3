package da3.nn;

import da3.geometry.gaussian.GaussianOptions;

/**
 * The configuration of the Gaussian head.
 *
 * @param head DPT head of kind {@link DptConfig.Kind#GAUSSIANS}
 * @param adapter how its channels are decoded
 */
public record GaussianConfig(DptConfig head, GaussianOptions adapter) {}

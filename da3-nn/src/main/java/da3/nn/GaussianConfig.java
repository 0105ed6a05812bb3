package da3.nn;

import da3.geometry.gaussian.GaussianOptions;

/**
 * The Gaussian head and how its channels are read.
 *
 * @param head of kind {@link DptConfig.Kind#GAUSSIANS}
 */
public record GaussianConfig(DptConfig head, GaussianOptions adapter) {}

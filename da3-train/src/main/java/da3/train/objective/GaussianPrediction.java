package da3.train.objective;

import da3.geometry.Camera;
import da3.geometry.ScalarMap;
import da3.geometry.gaussian.GaussianOptions;
import java.util.List;

/**
 * What Gaussians are made from: the output of the Gaussian head, and the depths and cameras of a network. The arrays
 * are not copied.
 *
 * @param head (views, height, width, channels + 1): the channels of {@link GaussianOptions}, then
 *     the logit of the opacity
 * @param depths one map for each view, all of the same size
 * @param cameras one for each view, with intrinsics in pixels of the depth maps
 */
public record GaussianPrediction(float[] head, List<ScalarMap> depths, List<Camera> cameras) {}

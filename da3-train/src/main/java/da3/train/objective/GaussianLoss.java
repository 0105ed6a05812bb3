package da3.train.objective;

import java.util.Map;

/**
 * The value of the objective of the Gaussian head and its gradient.
 *
 * @param terms in this order: mse, ssim, depth, and lpips if it has a weight; each before its weight, as a mean over
 *     targets, and 0 if its weight is 0
 * @param total weighted sum of the terms; NaN if the prediction is not finite
 * @param head gradient of the total with respect to the output of the head, in its shape; zeros if the total is NaN
 * @param depths (views, height, width), gradient with respect to the depths of the network
 */
public record GaussianLoss(Map<String, Double> terms, double total, float[] head, float[] depths) {}

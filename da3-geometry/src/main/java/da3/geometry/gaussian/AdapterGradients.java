package da3.geometry.gaussian;

/**
 * The gradient of a loss with respect to the inputs of a {@link GaussianAdapter}.
 *
 * @param raw (views, height, width, channels), with respect to the output of the head
 * @param depths (views, height, width)
 * @param opacities (views, height, width)
 */
public record AdapterGradients(float[] raw, float[] depths, float[] opacities) {}

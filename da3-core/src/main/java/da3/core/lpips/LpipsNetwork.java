package da3.core.lpips;

import da3.geometry.check.Check;
import da3.nn.Engine;
import da3.nn.autograd.DifferentiableEngine;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Learned perceptual image patch similarity, version 0.1: features of two images after five slices of a network are
 * scaled to unit length at each pixel, and their squared differences weighted by channel, averaged over pixels and
 * summed over slices. Methods that compute are called on the thread of the engine.
 *
 * <p>The network is AlexNet or VGG-16, whichever the weights are for; numbers of channels follow from the weights.
 *
 * <p>Source: Zhang et al., "The Unreasonable Effectiveness of Deep Features as a Perceptual Metric", 2018.
 */
public final class LpipsNetwork {

    private static final double[] SHIFT = {-0.030, -0.088, -0.188};
    private static final double[] SCALE = {0.458, 0.448, 0.450};

    private final Engine engine;
    private final Backbone backbone;
    private final List<List<Convolution>> slices = new ArrayList<>();
    private final List<FeatureDifference> differences = new ArrayList<>();

    /**
     * Builds the network.
     *
     * @throws da3.nn.WeightsException if a tensor is missing or has another shape
     */
    public LpipsNetwork(Engine engine, LpipsWeights weights) {
        this.engine = engine;
        this.backbone = weights.backbone();
        int channels = 3;
        for (int s = 0; s < backbone.slices().size(); s++) {
            List<Convolution> slice = new ArrayList<>();
            for (Backbone.Layer layer : backbone.slices().get(s).layers()) {
                slice.add(new Convolution(engine, weights, LpipsWeights.layer(s, layer), layer, channels));
                channels = slice.get(slice.size() - 1).channels();
            }
            slices.add(slice);
            float[] perChannel = new float[channels];
            int[] shape = {1, channels, 1, 1};
            weights.read(LpipsWeights.channelWeights(s), shape, FloatBuffer.wrap(perChannel));
            differences.add(new FeatureDifference(perChannel));
        }
    }

    /** Returns the name of the network that extracts features. */
    public String title() {
        return backbone.title();
    }

    /** Returns the shortest side of an image that the network can process. */
    public int minSide() {
        return backbone.minSide();
    }

    /**
     * Returns the distance of two images, 0 for equal ones.
     *
     * @param a sRGB (height, width, 3); black is 0 and white is 1
     * @param b as {@code a}
     * @throws IllegalArgumentException if the length of an array does not match the size, or a side is too short
     */
    public double distance(float[] a, float[] b, int width, int height) {
        FeatureMap first = scaled(a, width, height);
        FeatureMap second = scaled(b, width, height);
        double sum = 0;
        for (int s = 0; s < slices.size(); s++) {
            first = last(features(first, s));
            second = last(features(second, s));
            sum += differences.get(s).between(first, second);
        }
        return sum;
    }

    /**
     * Returns the distance of two images, and adds its derivative with respect to the first to a gradient.
     *
     * @param a as in {@link #distance}
     * @param b as in {@link #distance}
     * @param weight factor of the derivative
     * @param gradient (height, width, 3)
     * @throws IllegalArgumentException as {@link #distance}, or if the engine has no backward pass
     */
    public double differentiate(float[] a, float[] b, int width, int height, double weight, double[] gradient) {
        if (!(engine instanceof DifferentiableEngine differentiable)) {
            throw Check.invalid("engine", "one with a backward pass", engine.name());
        }
        requireLength(gradient.length, width, height);
        FeatureMap first = scaled(a, width, height);
        FeatureMap second = scaled(b, width, height);
        List<FeatureMap> inputs = new ArrayList<>(); // of the slices
        List<List<FeatureMap>> features = new ArrayList<>();
        List<FeatureMap> others = new ArrayList<>(); // of the second image, after the slices
        double sum = 0;
        for (int s = 0; s < slices.size(); s++) {
            inputs.add(first);
            features.add(features(first, s));
            first = last(features.get(s));
            second = last(features(second, s));
            others.add(second);
            sum += differences.get(s).between(first, second);
        }
        FeatureMap dy = first.zeros();
        for (int s = slices.size() - 1; s >= 0; s--) {
            differences.get(s).addGradient(last(features.get(s)), others.get(s), dy);
            dy = backward(differentiable, dy, inputs.get(s), features.get(s), s);
        }
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] += weight * 2 / SCALE[i % 3] * dy.values()[i];
        }
        return sum;
    }

    /** Returns the input of the first convolution of a slice and the outputs of all. */
    private List<FeatureMap> features(FeatureMap x, int slice) {
        List<FeatureMap> features = new ArrayList<>();
        features.add(
                backbone.slices().get(slice).pooled() ? x.maxPooled(backbone.poolSize(), Backbone.POOL_STRIDE) : x);
        for (Convolution convolution : slices.get(slice)) {
            features.add(convolution.forward(last(features)));
        }
        return features;
    }

    /**
     * Returns the gradient of a slice with respect to its input.
     *
     * @param dy gradient with respect to the last features
     * @param features as {@link #features} returns them
     */
    private FeatureMap backward(
            DifferentiableEngine differentiable,
            FeatureMap dy,
            FeatureMap input,
            List<FeatureMap> features,
            int slice) {
        FeatureMap gradient = dy;
        for (int layer = features.size() - 2; layer >= 0; layer--) {
            gradient = slices.get(slice)
                    .get(layer)
                    .backward(differentiable, gradient, features.get(layer), features.get(layer + 1));
        }
        return backbone.slices().get(slice).pooled()
                ? input.maxPooledBackward(gradient, backbone.poolSize(), Backbone.POOL_STRIDE)
                : gradient;
    }

    private static FeatureMap last(List<FeatureMap> features) {
        return features.get(features.size() - 1);
    }

    /** Returns an image with the range of colors that the networks were trained with. */
    private FeatureMap scaled(float[] rgb, int width, int height) {
        Check.atLeast("shorter side of images", minSide(), Math.min(width, height));
        requireLength(rgb.length, width, height);
        float[] values = new float[rgb.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((2.0 * rgb[i] - 1 - SHIFT[i % 3]) / SCALE[i % 3]);
        }
        return new FeatureMap(height, width, 3, values);
    }

    private static void requireLength(int length, int width, int height) {
        if (length != 3L * width * height) {
            throw Check.invalid("values of an image of " + width + "x" + height, 3L * width * height + "", length);
        }
    }
}

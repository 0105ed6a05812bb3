package da3.evaluation.lpips;

import da3.core.EngineOptions;
import da3.core.Engines;
import da3.evaluation.ImageDistance;
import da3.geometry.Image;
import da3.geometry.check.Check;
import da3.nn.Engine;
import da3.nn.Precision;
import da3.nn.WeightsException;
import da3.weights.SafetensorsWeights;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Learned perceptual image patch similarity, version 0.1: features of two images after five slices of a network are scaled
 * to unit length at each pixel, and their squared differences weighted by channel, averaged over pixels and summed over
 * slices.
 *
 * <p>The network is AlexNet or VGG-16, whichever the file has; numbers of channels follow from the file. Computations are in
 * float32 on an engine.
 *
 * <p>Source: Zhang et al., "The Unreasonable Effectiveness of Deep Features as a Perceptual Metric", 2018.
 */
public final class Lpips implements ImageDistance, AutoCloseable {

    private static final double[] SHIFT = {-0.030, -0.088, -0.188};
    private static final double[] SCALE = {0.458, 0.448, 0.450};
    private static final double EPSILON = 1e-10;

    private final Engine engine;
    private final SafetensorsWeights weights;
    private final Backbone backbone;
    private final List<List<Convolution>> slices = new ArrayList<>();
    private final List<float[]> channelWeights = new ArrayList<>();

    private Lpips(Engine engine, SafetensorsWeights weights) {
        this.engine = engine;
        this.weights = weights;
        this.backbone = LpipsWeights.backbone(weights);
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
            channelWeights.add(perChannel);
        }
    }

    /**
     * Opens the weights and creates an engine, which {@link #close} closes.
     *
     * @param file safetensors file of the module {@code LPIPS} of the published package
     * @param options the engine; its precision is always float32
     * @throws IOException if the file cannot be read
     * @throws WeightsException if the file lacks a tensor of the network
     */
    public static Lpips open(Path file, EngineOptions options) throws IOException {
        SafetensorsWeights weights = SafetensorsWeights.open(file);
        Engine engine = null;
        try {
            engine = Engines.create(options.withPrecision(Precision.FLOAT32));
            return new Lpips(engine, weights);
        } catch (RuntimeException e) {
            if (engine != null) {
                engine.close();
            }
            weights.close();
            throw e;
        }
    }

    @Override
    public String description() {
        return "LPIPS 0.1 with " + backbone.title() + ", weights with SHA-256 "
                + weights.hash().orElseThrow();
    }

    @Override
    public int minSide() {
        return backbone.minSide();
    }

    @Override
    public double between(Image a, Image b) {
        if (a.width() != b.width() || a.height() != b.height()) {
            throw Check.invalid("size of the second image", "the same as that of the first, " + a, b);
        }
        Check.atLeast("shorter side of images", minSide(), Math.min(a.width(), a.height()));
        return engine.run(() -> distance(scaled(a), scaled(b)));
    }

    private double distance(FeatureMap a, FeatureMap b) {
        FeatureMap first = a;
        FeatureMap second = b;
        double sum = 0;
        for (int s = 0; s < slices.size(); s++) {
            first = features(first, s);
            second = features(second, s);
            sum += difference(first, second, channelWeights.get(s));
        }
        return sum;
    }

    /** Returns the features after a slice. */
    private FeatureMap features(FeatureMap x, int slice) {
        FeatureMap y =
                backbone.slices().get(slice).pooled() ? x.maxPooled(backbone.poolSize(), Backbone.POOL_STRIDE) : x;
        for (Convolution convolution : slices.get(slice)) {
            y = convolution.forward(y);
        }
        return y;
    }

    /** Returns an image with the range of colors that the networks were trained with. */
    private static FeatureMap scaled(Image image) {
        float[] values = new float[image.rgb().length];
        for (int i = 0; i < values.length; i++) {
            double color = 2 * (image.rgb()[i] & 0xff) / 255.0 - 1;
            values[i] = (float) ((color - SHIFT[i % 3]) / SCALE[i % 3]);
        }
        return new FeatureMap(image.height(), image.width(), 3, values);
    }

    /** Returns the mean weighted difference of features of unit length. */
    private static double difference(FeatureMap a, FeatureMap b, float[] weights) {
        int channels = weights.length;
        double sum = 0;
        for (int from = 0; from < a.values().length; from += channels) {
            double inverseA = 1 / (norm(a.values(), from, channels) + EPSILON);
            double inverseB = 1 / (norm(b.values(), from, channels) + EPSILON);
            for (int c = 0; c < channels; c++) {
                double difference = a.values()[from + c] * inverseA - b.values()[from + c] * inverseB;
                sum += weights[c] * difference * difference;
            }
        }
        return sum / (a.height() * a.width());
    }

    private static double norm(float[] values, int from, int channels) {
        double squares = 0;
        for (int c = 0; c < channels; c++) {
            squares += (double) values[from + c] * values[from + c];
        }
        return Math.sqrt(squares);
    }

    @Override
    public void close() {
        engine.close();
        weights.close();
    }
}

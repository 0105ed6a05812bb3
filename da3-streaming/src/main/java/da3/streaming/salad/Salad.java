package da3.streaming.salad;

import da3.core.EngineOptions;
import da3.core.Engines;
import da3.core.InputProcessing;
import da3.geometry.Image;
import da3.geometry.image.ImageResize;
import da3.nn.BackboneConfig;
import da3.nn.DinoV2;
import da3.nn.Engine;
import da3.nn.Precision;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.WeightsException;
import da3.weights.SafetensorsWeights;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * Global descriptors of images for place recognition: optimal transport assigns the patch tokens of a DINOv2 backbone to
 * clusters, whose sums are joined with a projection of the class token.
 *
 * <p>Images are resized to 322x322 pixels, as in the published evaluation. Numbers of channels, blocks and clusters follow
 * from the file; the published one has 8448 values per descriptor. Computations are in float32 on an engine.
 *
 * <p>Source: Izquierdo and Civera, "Optimal Transport Aggregation for Visual Place Recognition", 2024.
 */
public final class Salad implements AutoCloseable {

    /** Side of the images that the network sees, in pixels. */
    static final int SIDE = 322;

    private final Engine engine;
    private final SafetensorsWeights weights;
    private final DinoV2 backbone;
    private final TwoLayers score;
    private final TwoLayers clusterFeatures;
    private final TwoLayers tokenFeatures;
    private final float dustbin;

    private Salad(Engine engine, SafetensorsWeights weights, BackboneConfig config) {
        int dim = config.embedDim();
        this.engine = engine;
        this.weights = weights;
        this.backbone = new DinoV2(engine, weights, SaladBackbone.PATH, config);
        this.score = TwoLayers.of(engine, weights, dim, true, "aggregator.score.0", "aggregator.score.3");
        this.clusterFeatures = TwoLayers.of(
                engine, weights, dim, true, "aggregator.cluster_features.0", "aggregator.cluster_features.3");
        this.tokenFeatures =
                TwoLayers.of(engine, weights, dim, false, "aggregator.token_features.0", "aggregator.token_features.2");
        float[] value = new float[1];
        weights.read("aggregator.dust_bin", new int[0], FloatBuffer.wrap(value));
        this.dustbin = value[0];
    }

    /**
     * Opens the weights and creates an engine, which {@link #close} closes.
     *
     * @param file safetensors file of the published checkpoint {@code dino_salad.ckpt}
     * @param options the engine; its precision is always float32
     * @throws IOException if the file cannot be read
     * @throws WeightsException if the file lacks a tensor of the network or one has another shape
     */
    public static Salad open(Path file, EngineOptions options) throws IOException {
        SafetensorsWeights weights = SafetensorsWeights.open(file);
        Engine engine = null;
        try {
            BackboneConfig config = SaladBackbone.config(weights); // refuses other files before there is an engine
            engine = Engines.create(options.withPrecision(Precision.FLOAT32));
            return new Salad(engine, weights, config);
        } catch (RuntimeException e) {
            if (engine != null) {
                engine.close();
            }
            weights.close();
            throw e;
        }
    }

    /** Returns a line that identifies the network and its weights. */
    public String description() {
        return "DINOv2-SALAD with SHA-256 " + weights.hash().orElseThrow();
    }

    /**
     * Returns the descriptor of an image, a vector of length 1. Images of the same place have a large scalar product.
     */
    public float[] describe(Image image) {
        float[] input = InputProcessing.normalize(List.of(ImageResize.linear(image, SIDE, SIDE)));
        return engine.run(() -> {
            try (Scope scope = engine.scope()) {
                Tensor tokens = backbone.forward(engine.upload(input, 1, 3, SIDE, SIDE)); // (1, 1 + patches, dim)
                Tensor patches = engine.tokens(tokens, 1, tokens.size(1));
                return descriptor(
                        engine.download(tokenFeatures.forward(engine.tokens(tokens, 0, 1))),
                        engine.download(clusterFeatures.forward(patches)),
                        engine.download(score.forward(patches)));
            }
        });
    }

    /**
     * Joins the parts of a descriptor: the token, then the clusters, with all clusters of the first channel first.
     *
     * @param token (token channels)
     * @param features (patches, cluster channels)
     * @param scores (patches, clusters)
     */
    private float[] descriptor(float[] token, float[] features, float[] scores) {
        int clusters = score.channels();
        int channels = clusterFeatures.channels();
        double[] masses = OptimalTransport.masses(scores, clusters, dustbin);
        double[] joined = new double[token.length + channels * clusters];
        for (int i = 0; i < token.length; i++) {
            joined[i] = token[i];
        }
        for (int i = 0; i < masses.length; i++) {
            int patch = i / clusters;
            for (int c = 0; c < channels; c++) {
                joined[token.length + c * clusters + i % clusters] += masses[i] * features[patch * channels + c];
            }
        }
        normalize(joined, 0, 1, token.length);
        for (int k = 0; k < clusters; k++) {
            normalize(joined, token.length + k, clusters, channels);
        }
        normalize(joined, 0, 1, joined.length);
        float[] descriptor = new float[joined.length];
        for (int i = 0; i < descriptor.length; i++) {
            descriptor[i] = (float) joined[i];
        }
        return descriptor;
    }

    /** Scales a vector of equally spaced values to length 1, unless it is 0. */
    private static void normalize(double[] values, int first, int step, int count) {
        double squares = 0;
        for (int i = 0; i < count; i++) {
            squares += values[first + i * step] * values[first + i * step];
        }
        for (int i = 0; i < count && squares > 0; i++) {
            values[first + i * step] /= Math.sqrt(squares);
        }
    }

    @Override
    public void close() {
        engine.close();
        weights.close();
    }
}

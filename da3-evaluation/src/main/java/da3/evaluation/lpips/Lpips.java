package da3.evaluation.lpips;

import da3.core.EngineOptions;
import da3.core.Engines;
import da3.core.lpips.LpipsNetwork;
import da3.core.lpips.LpipsWeights;
import da3.evaluation.ImageDistance;
import da3.geometry.Image;
import da3.geometry.check.Check;
import da3.nn.Engine;
import da3.nn.Precision;
import da3.nn.WeightsException;
import java.io.IOException;
import java.nio.file.Path;

/** The distance of images by an {@link LpipsNetwork}, in float32 on an engine of its own. */
public final class Lpips implements ImageDistance, AutoCloseable {

    private final Engine engine;
    private final LpipsWeights weights;
    private final LpipsNetwork network;

    private Lpips(Engine engine, LpipsWeights weights) {
        this.engine = engine;
        this.weights = weights;
        this.network = new LpipsNetwork(engine, weights);
    }

    /**
     * Reads the weights and creates an engine, which {@link #close} closes.
     *
     * @param file safetensors file of the module {@code LPIPS} of the published package
     * @param options the engine; its precision is always float32
     * @throws IOException if the file cannot be read
     * @throws WeightsException if the file lacks a tensor of the network
     */
    public static Lpips open(Path file, EngineOptions options) throws IOException {
        LpipsWeights weights = LpipsWeights.read(file);
        Engine engine = Engines.create(options.withPrecision(Precision.FLOAT32));
        try {
            return new Lpips(engine, weights);
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    @Override
    public String description() {
        return "LPIPS 0.1 with " + network.title() + ", weights with SHA-256 "
                + weights.hash().orElseThrow();
    }

    @Override
    public int minSide() {
        return network.minSide();
    }

    @Override
    public double between(Image a, Image b) {
        if (a.width() != b.width() || a.height() != b.height()) {
            throw Check.invalid("size of the second image", "the same as that of the first, " + a, b);
        }
        return engine.run(() -> network.distance(colors(a), colors(b), a.width(), a.height()));
    }

    private static float[] colors(Image image) {
        float[] colors = new float[image.rgb().length];
        for (int i = 0; i < colors.length; i++) {
            colors[i] = (image.rgb()[i] & 0xff) / 255f;
        }
        return colors;
    }

    @Override
    public void close() {
        engine.close();
    }
}

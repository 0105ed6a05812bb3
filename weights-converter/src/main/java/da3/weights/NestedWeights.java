package da3.weights;

import da3.nn.ModelConfig;
import da3.nn.WeightSource;
import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The weights of a nested model, read from two checkpoints: one of an any-view and one of a metric model.
 *
 * <p>Source of the names: reference file model/da3.py, NestedDepthAnything3Net.
 */
public final class NestedWeights implements WeightSource {

    private final ModelConfig config;
    private final String path; // of the networks in their own checkpoints
    private final WeightSource anyView;
    private final WeightSource metric;

    /**
     * Creates weights that own both sources and close them.
     *
     * @param config configuration of the nested model
     * @param path prefix of the parameter names in both sources, without a dot at its end
     */
    public NestedWeights(ModelConfig config, String path, WeightSource anyView, WeightSource metric) {
        this.config = config;
        this.path = path;
        this.anyView = anyView;
        this.metric = metric;
    }

    @Override
    public boolean has(String name) {
        return source(name).has(sourceName(name));
    }

    @Override
    public void require(String name, int... shape) {
        source(name).require(sourceName(name), shape);
    }

    @Override
    public void read(String name, int[] shape, FloatBuffer into) {
        source(name).read(sourceName(name), shape, into);
    }

    @Override
    public OptionalInt updateRank(String weight) {
        return source(weight).updateRank(sourceName(weight));
    }

    @Override
    public String description() {
        return anyView.description() + " with metric model " + metric.description();
    }

    /** Returns the digests of both sources with a plus sign between them; empty if either source has no digest. */
    @Override
    public Optional<String> hash() {
        return anyView.hash().flatMap(first -> metric.hash().map(second -> first + "+" + second));
    }

    @Override
    public void close() {
        try (metric) {
            anyView.close();
        }
    }

    private WeightSource source(String name) {
        return isMetric(name) ? metric : anyView;
    }

    private String sourceName(String name) {
        return path + name.substring((isMetric(name) ? config.metricPath() : config.mainPath()).length());
    }

    private boolean isMetric(String name) {
        return name.startsWith(config.metricPath() + ".");
    }
}

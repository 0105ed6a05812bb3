package da3.core;

import da3.geometry.check.Check;
import da3.nn.DptConfig;
import da3.nn.ModelConfig;
import da3.nn.NetworkConfig;
import da3.nn.Preset;
import da3.weights.NestedWeights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Composes a nested model of an any-view and a metric model. */
final class NestedSource {

    private NestedSource() {}

    static ModelSource of(ModelSource anyView, ModelSource metric) {
        boolean complete = false;
        try {
            requireAnyView(anyView);
            requireMetric(metric);
            ModelConfig own = anyView.config();
            ModelConfig config = new ModelConfig(
                    own.main(), Optional.of(metric.config().main()), own.depthUnit(), own.processingSize());
            NestedWeights weights = new NestedWeights(config, own.mainPath(), anyView.weights(), metric.weights());
            complete = true;
            return new ModelSource(weights, config, Preset.of(config), Optional.empty(), List.of(anyView, metric));
        } finally {
            if (!complete) {
                anyView.close();
                metric.close();
            }
        }
    }

    /** Returns the licenses of the parts, joined by AND if they differ; empty if one is not known. */
    static Optional<String> license(List<ModelSource> parts) throws IOException {
        Set<String> licenses = new TreeSet<>();
        for (ModelSource part : parts) {
            Optional<String> license = part.license();
            if (license.isEmpty()) {
                return Optional.empty();
            }
            licenses.add(license.get());
        }
        return Optional.of(String.join(" AND ", licenses));
    }

    private static void requireAnyView(ModelSource source) {
        ModelConfig config = source.config();
        if (config.metric().isPresent() || config.main().head().kind() != DptConfig.Kind.DEPTH_AND_RAYS) {
            throw Check.invalid(
                    "model that is combined with a metric model",
                    "an any-view model that is not metric yet",
                    description(source));
        }
    }

    private static void requireMetric(ModelSource source) {
        ModelConfig config = source.config();
        if (config.metric().isPresent() || config.depthUnit() != ModelConfig.DepthUnit.METERS_AT_FOCAL_300) {
            throw Check.invalid(
                    "metric model", "a model of depth in meters such as DA3METRIC-LARGE", description(source));
        }
    }

    private static String description(ModelSource source) {
        NetworkConfig network = source.config().main();
        List<String> words = new ArrayList<>();
        words.add(source.weights().description());
        source.preset().ifPresent(preset -> words.add("a " + preset.id()));
        if (source.preset().isEmpty()) {
            words.add("with head " + network.head().kind());
        }
        return String.join(", ", words);
    }
}

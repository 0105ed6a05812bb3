package da3.onnx;

import da3.nn.Engine;
import da3.nn.EngineProvider;
import da3.nn.ModelConfig;
import da3.nn.Network;
import da3.nn.NetworkConfig;
import da3.nn.NetworkInput;
import da3.nn.NetworkOutput;
import da3.nn.NetworkRequest;
import da3.nn.Output;
import da3.nn.Precision;
import da3.nn.Progress;
import da3.nn.ReferenceViewStrategy;
import da3.weights.SeededWeights;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

/** Runs models with seeded weights on an engine of this project. */
final class EngineRun {

    private EngineRun() {}

    private static Engine open() {
        return ServiceLoader.load(EngineProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("onednn"))
                .findFirst()
                .orElseThrow()
                .create(2, Precision.FLOAT32);
    }

    /** Returns the outputs that an exported model has, by their names in it. */
    static Map<String, float[]> outputs(ModelConfig config, OnnxOptions options, Map<String, float[]> inputs) {
        Map<String, float[]> outputs = new HashMap<>();
        try (Engine engine = open()) {
            put(outputs, "", forward(engine, config.mainPath(), config.main(), options, options.outputs(), inputs));
            config.metric().ifPresent(metric -> {
                Map<String, float[]> images = Map.of("images", inputs.get("images"));
                put(
                        outputs,
                        "metric_",
                        forward(engine, config.metricPath(), metric, options, Set.of(Output.DEPTH), images));
            });
        }
        return outputs;
    }

    private static NetworkOutput forward(
            Engine engine,
            String path,
            NetworkConfig config,
            OnnxOptions options,
            Set<Output> requested,
            Map<String, float[]> inputs) {
        try (SeededWeights weights = new SeededWeights()) {
            Network network = new Network(engine, weights, path, config);
            Set<Output> outputs = EnumSet.allOf(Output.class);
            outputs.removeIf(output -> !network.has(output) || !requested.isEmpty() && !requested.contains(output));
            NetworkInput input = new NetworkInput(
                    inputs.get("images"),
                    options.views(),
                    options.height(),
                    options.width(),
                    inputs.get("pose_encodings"));
            return network.forward(
                    input,
                    new NetworkRequest(outputs, ReferenceViewStrategy.FIRST, List.of(), 1, false),
                    Progress.SILENT);
        }
    }

    private static void put(Map<String, float[]> all, String prefix, NetworkOutput output) {
        Map<String, float[]> named = new HashMap<>();
        named.put("depth", output.depth());
        named.put("depth_conf", output.confidence());
        named.put("sky", output.sky());
        named.put("objects", output.objects());
        named.put("ray", output.rays());
        named.put("ray_conf", output.rayConfidence());
        named.put("pose_enc", output.poseEncodings());
        named.put("gaussians", output.gaussians());
        named.put("densities", output.densities());
        named.forEach((name, values) -> {
            if (values != null) {
                all.put(prefix + name, values);
            }
        });
    }
}

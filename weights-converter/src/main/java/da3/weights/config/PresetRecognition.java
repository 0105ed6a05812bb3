package da3.weights.config;

import da3.nn.DptConfig;
import da3.nn.ModelConfig;
import da3.nn.NetworkConfig;
import da3.nn.Preset;
import da3.nn.WeightsException;
import da3.weights.safetensors.TensorInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Recognizes the preset of a checkpoint from the names and shapes of its tensors.
 *
 * <p>The mono and the metric model have the same tensors and differ only in the unit of depth. A hint distinguishes
 * them, usually the name of the file or folder: if it contains {@code metric}, the model is
 * {@link Preset#DA3METRIC_LARGE}, otherwise {@link Preset#DA3MONO_LARGE}.
 */
public final class PresetRecognition {

    private PresetRecognition() {}

    /**
     * Returns the preset of a checkpoint.
     *
     * @param tensors tensors by full checkpoint name
     * @param hint name of the file, the folder or the model
     * @param where name of the checkpoint in errors
     * @throws WeightsException if no preset matches; the message describes the checkpoint and the presets
     */
    public static Preset of(Map<String, TensorInfo> tensors, String hint, String where) {
        Traits main = Traits.of(
                tensors, tensors.keySet().stream().anyMatch(n -> n.startsWith("model.da3.")) ? "model.da3." : "model.");
        Optional<Traits> metric =
                Optional.of(Traits.of(tensors, "model.da3_metric.")).filter(Traits::isPresent);
        List<Preset> matching = Arrays.stream(Preset.values())
                .filter(preset -> Traits.of(preset.config().main()).equals(main)
                        && preset.config().metric().map(Traits::of).equals(metric))
                .toList();
        return choose(matching, hint)
                .orElseThrow(() -> new WeightsException(where + " matches no preset. It has " + main
                        + metric.map(m -> " and a metric network with " + m).orElse("") + ". Presets: " + presets()
                        + ". A config.json in the same folder can describe other models"));
    }

    /**
     * Returns the preset with the networks of a configuration, or empty if there is none. If the configuration states no
     * depth unit, as published ones do not, the hint determines it; otherwise the preset must have that unit.
     */
    public static Optional<Preset> of(ModelConfig config, String hint) {
        return choose(
                Arrays.stream(Preset.values())
                        .filter(preset -> config.depthUnit() == ModelConfig.DepthUnit.ARBITRARY
                                ? networks(preset.config()).equals(config)
                                : preset.config().equals(config))
                        .toList(),
                hint);
    }

    private static ModelConfig networks(ModelConfig config) {
        return config.withDepthUnit(ModelConfig.DepthUnit.ARBITRARY);
    }

    private static Optional<Preset> choose(List<Preset> matching, String hint) {
        boolean metric = hint.toLowerCase(Locale.ROOT).contains("metric");
        return matching.stream()
                .filter(preset -> matching.size() == 1 || (preset == Preset.DA3METRIC_LARGE) == metric)
                .findFirst();
    }

    private static String presets() {
        return Arrays.stream(Preset.values())
                .map(preset -> preset.id() + " (" + Traits.of(preset.config().main())
                        + (preset.config().metric().isPresent() ? ", and a metric network" : "") + ")")
                .collect(Collectors.joining(", "));
    }

    /** The properties that distinguish the networks of presets. */
    private record Traits(
            int embedDim, int depth, boolean swiGlu, DptConfig.Kind head, boolean cameras, boolean gaussians) {

        static Traits of(NetworkConfig config) {
            return new Traits(
                    config.backbone().embedDim(),
                    config.backbone().depth(),
                    config.backbone().swiGlu(),
                    config.head().kind(),
                    config.cameraDecoderDim().isPresent(),
                    config.gaussians().isPresent());
        }

        /** @param path prefix of the network, ending in a dot */
        static Traits of(Map<String, TensorInfo> tensors, String path) {
            String backbone = path + "backbone.pretrained.";
            TensorInfo cls = tensors.get(backbone + "cls_token");
            boolean sky = any(tensors, path + "head.scratch.sky_output_conv2.");
            boolean objects = any(tensors, path + "head.scratch.object_output_conv2.");
            boolean rays = any(tensors, path + "head.scratch.output_conv2_aux.");
            return new Traits(
                    cls == null || cls.shape().length != 3 ? 0 : (int) cls.shape()[2],
                    (int) IntStream.iterate(0, i -> i + 1)
                            .takeWhile(i -> any(tensors, backbone + "blocks." + i + "."))
                            .count(),
                    any(tensors, backbone + "blocks.0.mlp.w12."),
                    rays ? DptConfig.Kind.DEPTH_AND_RAYS : ModelConfigJson.monocular(sky, sky && objects),
                    any(tensors, path + "cam_dec."),
                    any(tensors, path + "gs_head."));
        }

        private static boolean any(Map<String, TensorInfo> tensors, String prefix) {
            return tensors.keySet().stream().anyMatch(name -> name.startsWith(prefix));
        }

        boolean isPresent() {
            return embedDim > 0 || depth > 0;
        }

        @Override
        public String toString() {
            return (isPresent()
                            ? depth + " blocks of " + embedDim + " channels" + (swiGlu ? " with SwiGLU" : "")
                            : "no backbone")
                    + switch (head) {
                        case DEPTH_AND_RAYS -> ", depth and rays";
                        case DEPTH_AND_SKY -> ", depth and sky";
                        case DEPTH_SKY_AND_OBJECTS -> ", depth, sky and objects";
                        default -> ", only depth";
                    }
                    + (cameras ? ", cameras" : "")
                    + (gaussians ? ", Gaussians" : "");
        }
    }
}

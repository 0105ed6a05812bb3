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
 * Tells from names and shapes which preset a checkpoint is.
 *
 * <p>The mono and the metric model have the same tensors and differ only in what their depth means. They are told apart
 * by a hint, the file's or folder's name: with {@code metric} in it the model is {@link Preset#DA3METRIC_LARGE},
 * otherwise {@link Preset#DA3MONO_LARGE}.
 */
public final class PresetRecognition {

    private PresetRecognition() {}

    /**
     * @param tensors by full checkpoint name
     * @param hint the name of the file or folder, or of the model
     * @param where how errors name the checkpoint
     * @throws WeightsException if it fits no preset; the message says what was seen and what presets have
     */
    public static Preset of(Map<String, TensorInfo> tensors, String hint, String where) {
        Traits main = Traits.of(
                tensors, tensors.keySet().stream().anyMatch(n -> n.startsWith("model.da3.")) ? "model.da3." : "model.");
        Optional<Traits> metric =
                Optional.of(Traits.of(tensors, "model.da3_metric.")).filter(Traits::isThere);
        List<Preset> fitting = Arrays.stream(Preset.values())
                .filter(preset -> Traits.of(preset.config().main()).equals(main)
                        && preset.config().metric().map(Traits::of).equals(metric))
                .toList();
        return choose(fitting, hint)
                .orElseThrow(() -> new WeightsException(where + " fits no preset. It has " + main
                        + metric.map(m -> " and a metric network with " + m).orElse("") + ". Legal: " + legal()
                        + "; or a config.json beside it that describes the model"));
    }

    /** The preset of a configuration, if its networks are one's; what the depth means is for the hint to say. */
    public static Optional<Preset> of(ModelConfig config, String hint) {
        return choose(
                Arrays.stream(Preset.values())
                        .filter(preset -> networks(preset.config()).equals(networks(config)))
                        .toList(),
                hint);
    }

    private static ModelConfig networks(ModelConfig config) {
        return config.withDepthUnit(ModelConfig.DepthUnit.ARBITRARY);
    }

    private static Optional<Preset> choose(List<Preset> fitting, String hint) {
        boolean metric = hint.toLowerCase(Locale.ROOT).contains("metric");
        return fitting.stream()
                .filter(preset -> fitting.size() == 1 || (preset == Preset.DA3METRIC_LARGE) == metric)
                .findFirst();
    }

    private static String legal() {
        return Arrays.stream(Preset.values())
                .map(preset -> preset.id() + " (" + Traits.of(preset.config().main())
                        + (preset.config().metric().isPresent() ? ", and a metric network" : "") + ")")
                .collect(Collectors.joining(", "));
    }

    /** What tells the presets' networks apart. */
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

        /** @param path of the network, with a dot at its end */
        static Traits of(Map<String, TensorInfo> tensors, String path) {
            String backbone = path + "backbone.pretrained.";
            TensorInfo cls = tensors.get(backbone + "cls_token");
            boolean sky = any(tensors, path + "head.scratch.sky_output_conv2.");
            boolean rays = any(tensors, path + "head.scratch.output_conv2_aux.");
            return new Traits(
                    cls == null || cls.shape().length != 3 ? 0 : (int) cls.shape()[2],
                    (int) IntStream.iterate(0, i -> i + 1)
                            .takeWhile(i -> any(tensors, backbone + "blocks." + i + "."))
                            .count(),
                    any(tensors, backbone + "blocks.0.mlp.w12."),
                    rays ? DptConfig.Kind.DEPTH_AND_RAYS : sky ? DptConfig.Kind.DEPTH_AND_SKY : DptConfig.Kind.DEPTH,
                    any(tensors, path + "cam_dec."),
                    any(tensors, path + "gs_head."));
        }

        private static boolean any(Map<String, TensorInfo> tensors, String prefix) {
            return tensors.keySet().stream().anyMatch(name -> name.startsWith(prefix));
        }

        boolean isThere() {
            return embedDim > 0 || depth > 0;
        }

        @Override
        public String toString() {
            return (isThere()
                            ? depth + " blocks of " + embedDim + " channels" + (swiGlu ? " with SwiGLU" : "")
                            : "no backbone")
                    + switch (head) {
                        case DEPTH_AND_RAYS -> ", depth and rays";
                        case DEPTH_AND_SKY -> ", depth and sky";
                        default -> ", depth alone";
                    }
                    + (cameras ? ", cameras" : "")
                    + (gaussians ? ", Gaussians" : "");
        }
    }
}

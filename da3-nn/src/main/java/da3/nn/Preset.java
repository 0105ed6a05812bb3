package da3.nn;

import da3.geometry.check.Check;
import da3.geometry.gaussian.GaussianOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The seven published models, and two small models of this project that can be trained on two processor cores: an
 * any-view network, and a monocular teacher with masks of sky and objects.
 *
 * <p>Source: reference files configs/*.yaml; paper (arXiv 2511.10647), section 3.
 */
public enum Preset {
    DA3_SMALL(anyView(vit(384, 12, 6, 4, List.of(5, 7, 9, 11)), 64, List.of(48, 96, 192, 384), false)),
    DA3_BASE(anyView(vit(768, 12, 12, 4, List.of(5, 7, 9, 11)), 128, List.of(96, 192, 384, 768), false)),
    DA3_LARGE(anyView(vit(1024, 24, 16, 8, List.of(11, 15, 19, 23)), 256, List.of(256, 512, 1024, 1024), false)),
    DA3_GIANT(anyView(giant(), 256, List.of(256, 512, 1024, 1024), true)),
    DA3MONO_LARGE(mono()),
    DA3METRIC_LARGE(mono().withDepthUnit(ModelConfig.DepthUnit.METERS_AT_FOCAL_300)),
    DA3NESTED_GIANT_LARGE(new ModelConfig(DA3_GIANT.config.main(), Optional.of(DA3METRIC_LARGE.config.main()))),
    DA3_TINY(tiny()),
    DA3MONO_TINY(tinyTeacher());

    private final ModelConfig config;

    Preset(ModelConfig config) {
        this.config = config;
    }

    public ModelConfig config() {
        return config;
    }

    /** Returns the published name, for instance {@code da3-small}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the preset with a configuration, or empty if there is none. */
    public static Optional<Preset> of(ModelConfig config) {
        return Arrays.stream(values())
                .filter(preset -> preset.config.equals(config))
                .findFirst();
    }

    /**
     * Returns a preset by name.
     *
     * @param id name, for instance {@code da3-base}
     * @throws IllegalArgumentException for an unknown name; the message lists the known ones
     */
    public static Preset of(String id) {
        return Arrays.stream(values())
                .filter(preset -> preset.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Check.invalid(
                        "preset",
                        "one of " + Arrays.stream(values()).map(Preset::id).collect(Collectors.joining(", ")),
                        "'" + id + "'"));
    }

    private static BackboneConfig vit(int dim, int depth, int heads, int start, List<Integer> outLayers) {
        return vit(518, dim, depth, heads, start, outLayers);
    }

    private static BackboneConfig vit(
            int imageSize, int dim, int depth, int heads, int start, List<Integer> outLayers) {
        boolean alternating = start >= 0;
        return new BackboneConfig(
                imageSize,
                14,
                dim,
                depth,
                heads,
                false,
                4 * dim,
                start,
                start,
                start,
                100,
                alternating,
                outLayers,
                0.1,
                1e-6,
                1e-5,
                1e-5,
                3);
    }

    private static BackboneConfig giant() {
        return new BackboneConfig(
                518,
                14,
                1536,
                40,
                24,
                true,
                4096,
                13,
                13,
                13,
                100,
                true,
                List.of(19, 27, 33, 39),
                0.1,
                1e-6,
                1e-5,
                1e-5,
                3);
    }

    private static ModelConfig anyView(
            BackboneConfig backbone, int features, List<Integer> outChannels, boolean gaussians) {
        return anyView(backbone, features, outChannels, 16, gaussians);
    }

    private static ModelConfig anyView(
            BackboneConfig backbone, int features, List<Integer> outChannels, int cameraHeads, boolean gaussians) {
        int dim = backbone.levelDim();
        DptConfig head = DptConfig.of(DptConfig.Kind.DEPTH_AND_RAYS, dim, 14, 2, features, outChannels, true, true);
        DptConfig gaussianHead =
                DptConfig.of(DptConfig.Kind.GAUSSIANS, dim, 14, 38, features, outChannels, false, true);
        return new ModelConfig(
                new NetworkConfig(
                        backbone,
                        head,
                        Optional.of(dim),
                        Optional.of(new CameraEncoderConfig(backbone.embedDim(), 4, cameraHeads, 4, 1e-5)),
                        gaussians
                                ? Optional.of(new GaussianConfig(gaussianHead, GaussianOptions.defaults(2, true, true)))
                                : Optional.empty()),
                Optional.empty());
    }

    /** The position grid is 16x16, since at small sizes bicubic resampling would read only part of a larger one. */
    private static ModelConfig tiny() {
        return anyView(vit(224, 192, 12, 3, 4, List.of(5, 7, 9, 11)), 32, List.of(24, 48, 96, 192), 3, false)
                .withProcessingSize(224);
    }

    private static ModelConfig mono() {
        return mono(
                vit(1024, 24, 16, -1, List.of(4, 11, 17, 23)),
                DptConfig.Kind.DEPTH_AND_SKY,
                256,
                List.of(256, 512, 1024, 1024));
    }

    private static ModelConfig tinyTeacher() {
        return mono(
                        vit(224, 192, 12, 3, -1, List.of(2, 5, 8, 11)),
                        DptConfig.Kind.DEPTH_SKY_AND_OBJECTS,
                        32,
                        List.of(24, 48, 96, 192))
                .withProcessingSize(168);
    }

    private static ModelConfig mono(
            BackboneConfig backbone, DptConfig.Kind kind, int features, List<Integer> outChannels) {
        DptConfig head = DptConfig.of(kind, backbone.levelDim(), 14, 1, features, outChannels, false, false);
        return new ModelConfig(
                new NetworkConfig(backbone, head, Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.empty());
    }
}

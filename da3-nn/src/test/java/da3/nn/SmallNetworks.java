package da3.nn;

import da3.geometry.gaussian.GaussianOptions;
import java.util.List;
import java.util.Optional;

/** Configurations of all kinds of networks that run in milliseconds. */
final class SmallNetworks {

    private static final int DIM = 32;

    private SmallNetworks() {}

    /** Depth, rays and cameras; GELU. */
    static NetworkConfig anyView() {
        return alternating(false, Optional.empty());
    }

    /** Depth, rays, cameras and Gaussians; SwiGLU. */
    static NetworkConfig giant() {
        GaussianOptions options = GaussianOptions.defaults(1, true, true);
        DptConfig head = head(DptConfig.Kind.GAUSSIANS, 2 * DIM, options.channels() + 1, false, true);
        return alternating(true, Optional.of(new GaussianConfig(head, options)));
    }

    /** Depth and sky, with separate views. */
    static NetworkConfig mono() {
        return new NetworkConfig(
                backbone(false, -1),
                head(DptConfig.Kind.DEPTH_AND_SKY, DIM, 1, false, false),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Depth, sky and objects, with separate views. */
    static NetworkConfig teacher() {
        return new NetworkConfig(
                backbone(false, -1),
                head(DptConfig.Kind.DEPTH_SKY_AND_OBJECTS, DIM, 1, false, false),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static NetworkConfig alternating(boolean swiGlu, Optional<GaussianConfig> gaussians) {
        return new NetworkConfig(
                backbone(swiGlu, 1),
                head(DptConfig.Kind.DEPTH_AND_RAYS, 2 * DIM, 2, true, true),
                Optional.of(2 * DIM),
                Optional.of(new CameraEncoderConfig(DIM, 1, 2, 2, 1e-5)),
                gaussians);
    }

    private static BackboneConfig backbone(boolean swiGlu, int altStart) {
        return new BackboneConfig(
                56,
                14,
                DIM,
                4,
                2,
                swiGlu,
                48,
                altStart,
                altStart,
                altStart,
                100,
                altStart >= 0,
                List.of(0, 1, 2, 3),
                0.1,
                1e-6,
                1e-5,
                1e-5,
                3);
    }

    private static DptConfig head(DptConfig.Kind kind, int dimIn, int out, boolean tokenNorm, boolean posEmbed) {
        return DptConfig.of(kind, dimIn, 14, out, 8, List.of(8, 12, 16, 16), tokenNorm, posEmbed);
    }
}

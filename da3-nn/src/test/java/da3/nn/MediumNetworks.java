package da3.nn;

import da3.geometry.gaussian.GaussianOptions;
import java.util.List;
import java.util.Optional;

/** Configurations of all kinds of networks with layers of realistic proportions. */
public final class MediumNetworks {

    private static final List<Integer> CHANNELS = List.of(64, 64, 64, 64);

    private MediumNetworks() {}

    /** Depth, rays, cameras and Gaussians; SwiGLU or GELU. */
    public static NetworkConfig anyView(boolean swiGlu) {
        return new NetworkConfig(
                new BackboneConfig(
                        518,
                        14,
                        192,
                        6,
                        3,
                        swiGlu,
                        512,
                        2,
                        2,
                        2,
                        100,
                        true,
                        List.of(2, 3, 4, 5),
                        0.1,
                        1e-6,
                        1e-5,
                        1e-5,
                        3),
                head(DptConfig.Kind.DEPTH_AND_RAYS, 384, 2, true),
                Optional.of(384),
                Optional.of(new CameraEncoderConfig(192, 1, 3, 4, 1e-5)),
                Optional.of(new GaussianConfig(
                        head(DptConfig.Kind.GAUSSIANS, 384, 38, true), GaussianOptions.defaults(2, true, true))));
    }

    /** Depth and sky, with separate views. */
    public static NetworkConfig mono() {
        return new NetworkConfig(
                new BackboneConfig(
                        518,
                        14,
                        192,
                        6,
                        3,
                        false,
                        768,
                        -1,
                        -1,
                        -1,
                        100,
                        false,
                        List.of(2, 3, 4, 5),
                        0.1,
                        1e-6,
                        1e-5,
                        1e-5,
                        3),
                head(DptConfig.Kind.DEPTH_AND_SKY, 192, 1, false),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static DptConfig head(DptConfig.Kind kind, int in, int out, boolean positions) {
        return DptConfig.of(kind, in, 14, out, 64, CHANNELS, positions, positions);
    }
}

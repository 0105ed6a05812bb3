package da3.train.model;

import da3.nn.BackboneConfig;
import da3.nn.CameraEncoderConfig;
import da3.nn.DptConfig;
import da3.nn.ModelConfig;
import da3.nn.NetworkConfig;
import da3.train.yaml.Section;
import java.util.List;
import java.util.Optional;

/** Networks of any size. The order in which keys are read is part of the hash of a configuration. */
final class CustomNetwork {

    private static final int PATCH = 14;

    private CustomNetwork() {}

    /** Reads a network that predicts depth, rays and cameras of any number of views. */
    static ModelConfig anyView(Section s) {
        int dim = dim(s);
        int altStart = s.integer("alt_start", 4, -1, 64);
        Size size = Size.read(s, dim);
        int qkNormStart = s.integer("qk_norm_start", altStart, -1, 64);
        int ropeStart = s.integer("rope_start", altStart, -1, 64);
        BackboneConfig backbone =
                backbone(size, altStart, qkNormStart, ropeStart, true, s.integers("out_layers", List.of(5, 7, 9, 11)));
        DptConfig head = head(s, DptConfig.Kind.DEPTH_AND_RAYS, 2 * dim, 2, true)
                .withSeparateReassembly(s.flag("separate_reassembly", false));
        CameraEncoderConfig encoder = new CameraEncoderConfig(
                dim, s.integer("camera_blocks", 4, 1, 64), s.integer("camera_heads", 3, 1, 1024), 4, 1e-5);
        if (dim % encoder.numHeads() != 0) {
            throw s.invalid("camera_heads", encoder.numHeads(), "a divisor of dim, " + dim);
        }
        return model(backbone, head, Optional.of(2 * dim), Optional.of(encoder)).withProcessingSize(processingSize(s));
    }

    /** Reads a network that predicts depth and sky of single images, and with {@code objects}, also objects. */
    static ModelConfig monocular(Section s) {
        int dim = dim(s);
        Size size = Size.read(s, dim);
        BackboneConfig backbone = backbone(size, -1, -1, -1, false, s.integers("out_layers", List.of(2, 5, 8, 11)));
        DptConfig.Kind kind =
                s.flag("objects", false) ? DptConfig.Kind.DEPTH_SKY_AND_OBJECTS : DptConfig.Kind.DEPTH_AND_SKY;
        return model(backbone, head(s, kind, dim, 1, false), Optional.empty(), Optional.empty())
                .withDepthUnit(s.choice("depth_unit", ModelConfig.DepthUnit.ARBITRARY))
                .withProcessingSize(processingSize(s));
    }

    private static int dim(Section s) {
        return s.integer("dim", 192, 2, 1 << 16);
    }

    private static int processingSize(Section s) {
        return s.integer("process_res", ModelConfig.PUBLISHED_SIZE, PATCH, 1 << 14);
    }

    /** The size of a backbone. */
    private record Size(int image, int dim, int depth, int heads) {
        static Size read(Section s, int dim) {
            return new Size(
                    s.integer("image_size", 224, PATCH, PATCH * 1024),
                    dim,
                    s.integer("depth", 12, 4, 64),
                    s.integer("heads", 3, 1, 1024));
        }
    }

    private static BackboneConfig backbone(
            Size size, int altStart, int qkNormStart, int ropeStart, boolean catToken, List<Integer> outLayers) {
        return new BackboneConfig(
                size.image,
                PATCH,
                size.dim,
                size.depth,
                size.heads,
                false,
                4 * size.dim,
                altStart,
                qkNormStart,
                ropeStart,
                100,
                catToken,
                outLayers,
                0.1,
                1e-6,
                1e-5,
                1e-5,
                3);
    }

    /** @param anyView whether tokens are normalized and position embeddings are added */
    private static DptConfig head(Section s, DptConfig.Kind kind, int dimIn, int outputDim, boolean anyView) {
        return DptConfig.of(
                kind,
                dimIn,
                PATCH,
                outputDim,
                s.integer("features", 32, 8, 1 << 16),
                s.integers("channels", List.of(24, 48, 96, 192)),
                anyView,
                anyView);
    }

    private static ModelConfig model(
            BackboneConfig backbone,
            DptConfig head,
            Optional<Integer> cameraDecoderDim,
            Optional<CameraEncoderConfig> encoder) {
        return new ModelConfig(
                new NetworkConfig(backbone, head, cameraDecoderDim, encoder, Optional.empty()), Optional.empty());
    }
}

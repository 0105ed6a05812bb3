package da3.nn;

import java.util.List;

/** Counts the parameters of a network, except for the position embedding, which stays on the host. */
final class ParameterCount {

    private static final int IMAGE_CHANNELS = 3;
    private static final int POSE_ENCODING = 9;

    private ParameterCount() {}

    /** Counts the parameters that a request uses. */
    static long of(NetworkConfig config, NetworkRequest request, boolean hasCameras) {
        boolean rays = request.outputs().contains(Output.RAYS);
        boolean maps = rays || request.outputs().contains(Output.DEPTH);
        long count = backbone(config.backbone());
        if (maps) {
            count += head(config.head(), rays);
        }
        if (hasCameras && config.cameraEncoder().isPresent()) {
            count += cameraEncoder(config.cameraEncoder().get());
        }
        if (request.outputs().contains(Output.CAMERA)
                && config.cameraDecoderDim().isPresent()) {
            count += cameraDecoder(config.cameraDecoderDim().get());
        }
        if (request.outputs().contains(Output.GAUSSIANS) && config.gaussians().isPresent()) {
            count += gaussianHead(config.gaussians().get().head());
        }
        return count;
    }

    private static long backbone(BackboneConfig c) {
        long dim = c.embedDim();
        long tokens = dim + (c.altStart() >= 0 ? 2 * dim : 0);
        long qkNorms = c.qkNormStart() < 0 ? 0 : c.depth() - c.qkNormStart();
        return linear((long) IMAGE_CHANNELS * c.patchSize() * c.patchSize(), dim)
                + tokens
                + c.depth() * block(dim, c.ffnHidden(), c.swiGlu())
                + qkNorms * 2 * norm(c.headDim())
                + norm(dim);
    }

    private static long block(long dim, long hidden, boolean swiGlu) {
        long feedForward =
                swiGlu ? linear(dim, 2 * hidden) + linear(hidden, dim) : linear(dim, hidden) + linear(hidden, dim);
        long layerScales = 2 * dim;
        return 2 * norm(dim) + linear(dim, 3 * dim) + linear(dim, dim) + feedForward + layerScales;
    }

    private static long head(DptConfig c, boolean rays) {
        long features = c.features();
        long count =
                reassemble(c) + fusion(features) + conv(features, features / 2) + outputs(features / 2, c.outputDim());
        if (c.kind().hasSky()) {
            count += outputs(features / 2, 1);
        }
        if (c.kind().hasObjects()) {
            count += outputs(features / 2, 1);
        }
        return rays ? count + rayBranch(c) : count;
    }

    private static long rayBranch(DptConfig c) {
        long features = c.features();
        long convolutions = 0;
        for (int i = 0; i < c.auxConvolutions(); i++) {
            convolutions += i % 2 == 0 ? conv(features, features / 2) : conv(features / 2, features);
        }
        return fusion(features)
                + convolutions
                + outputs(features / 2, DptConfig.RAY_CHANNELS)
                + norm(DptConfig.OUTPUT_FEATURES);
    }

    private static long gaussianHead(DptConfig c) {
        long merged = c.features() / 2;
        long merger = conv(IMAGE_CHANNELS, merged / 4) + conv(merged / 4, merged / 2) + conv(merged / 2, merged);
        return head(c, false) + merger;
    }

    private static long reassemble(DptConfig c) {
        List<Integer> channels = c.outChannels();
        long count = c.tokenNorm() ? norm(c.dimIn()) : 0;
        for (long out : channels) {
            count += linear(c.dimIn(), out) + 9 * out * c.features();
        }
        return count
                + transposedConvolution(channels.get(0), 4)
                + transposedConvolution(channels.get(1), 2)
                + conv(channels.get(3), channels.get(3));
    }

    private static long transposedConvolution(long channels, long k) {
        return channels * channels * k * k + channels;
    }

    /** Four fusion blocks: the coarsest has one residual unit, the others have two. */
    private static long fusion(long features) {
        return 4 * linear(features, features) + 7 * 2 * conv(features, features);
    }

    private static long outputs(long in, long out) {
        return conv(in, DptConfig.OUTPUT_FEATURES) + linear(DptConfig.OUTPUT_FEATURES, out);
    }

    private static long cameraEncoder(CameraEncoderConfig c) {
        long dim = c.dimOut();
        return linear(POSE_ENCODING, dim / 2)
                + linear(dim / 2, dim)
                + 2 * norm(dim)
                + c.trunkDepth() * block(dim, c.mlpRatio() * dim, false);
    }

    private static long cameraDecoder(long dim) {
        return 2 * linear(dim, dim) + linear(dim, POSE_ENCODING);
    }

    private static long linear(long in, long out) {
        return in * out + out;
    }

    private static long conv(long in, long out) {
        return 9 * in * out + out;
    }

    private static long norm(long dim) {
        return 2 * dim;
    }
}

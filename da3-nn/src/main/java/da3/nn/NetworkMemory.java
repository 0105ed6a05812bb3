package da3.nn;

/**
 * What a call of a network holds beyond the JVM's heap at its peak, in bytes of float32.
 *
 * <p>It follows the scopes: what the backbone and the heads make, and how long it lives. With T tokens (a view's patches
 * and one more, times the views), P patches, D channels of a token, E of a level, n patches of a view, H x W pixels and C
 * features of a head, the larger of
 *
 * <ul>
 *   <li>backbone: image 3 V H W + tokens now and after the last block within views 2 T D + levels so far P E each
 *       + features so far P D each + one block: norms, queries, keys, values, attended and projected tokens 7 T D, hidden channels T F, and the
 *       activation's scratch or the result;
 *   <li>heads: image + four levels P E + features + one chunk of views: its levels 4 n E, the pyramid 21.25 n C, the fused
 *       map 64 n C and its half, and full-size maps of C / 2 channels as many as an output needs; or, for rays, the maps
 *       between the convolutions at 64 n; and what resizing holds besides.
 * </ul>
 *
 * <p>Memory is handed out where it first fits, which leaves holes: 15 % were measured in the heads, 5 to 40 % in the
 * backbone, most where levels of many views lie between blocks as large as they are.
 *
 * @param weights those that the request has use for; they stay
 * @param activations given back, but for what is held for the next call
 */
public record NetworkMemory(long weights, long activations) {

    private static final double HOLES_IN_BACKBONE = 1.22;
    private static final double HOLES_IN_HEADS = 1.15;

    /** Floats that the activation GELU works on at a time, of which it has four. */
    private static final double GELU_CHUNK = 1 << 18;

    /** Floats of attention scores at a time. */
    private static final double SCORES = 1 << 20;

    /** Floats of a convolution's taps at a time. */
    private static final double TAPS = 1 << 21;

    /** Pixels of the pyramid for a patch: 4 x 4, 2 x 2, 1 and a quarter. */
    private static final double PYRAMID = 21.25;

    /** Pixels of the fused map for a patch. */
    private static final double FUSED = 64;

    /**
     * @param height of the processed image
     * @param posed whether the network is told cameras
     */
    public static NetworkMemory of(
            NetworkConfig config, NetworkRequest request, int views, int height, int width, boolean posed) {
        Peak peak = new Peak(config, request, views, height, width);
        return new NetworkMemory(Float.BYTES * ParameterCount.of(config, request, posed), (long)
                (Float.BYTES * Math.max(peak.backbone(), peak.heads())));
    }

    /** In floats. */
    private static final class Peak {
        private final NetworkConfig config;
        private final BackboneConfig vit;
        private final NetworkRequest request;
        private final int views;
        private final double patches; // of a view
        private final double pixels; // of a view
        private final double tokens; // of all views, times their channels
        private final double image;
        private final double chunk; // views that the heads work on at a time

        Peak(NetworkConfig config, NetworkRequest request, int views, int height, int width) {
            this.config = config;
            this.vit = config.backbone();
            this.request = request;
            this.views = views;
            this.pixels = (double) height * width;
            this.patches = pixels / vit.patchSize() / vit.patchSize();
            this.tokens = views * (patches + 1) * vit.embedDim();
            this.image = 3 * views * pixels;
            this.chunk = Math.min(views, request.viewsPerChunk());
        }

        double backbone() {
            boolean alternating = vit.altStart() >= 0;
            double stream = alternating ? 2 * tokens : tokens;
            return HOLES_IN_BACKBONE * (image + stream + kept(vit.depth() - 1) + block());
        }

        /** Levels and features of the blocks before one. */
        private double kept(int block) {
            long levels = vit.outLayers().stream().filter(i -> i < block).count();
            long features = request.featureLayers().stream()
                    .distinct()
                    .filter(i -> i < block)
                    .count();
            return views * patches * (levels * vit.levelDim() + features * vit.embedDim());
        }

        private double block() {
            double hidden = tokens / vit.embedDim() * vit.ffnHidden();
            double feedForward = vit.swiGlu()
                    ? Math.max(7 * tokens + 4 * hidden, 8 * tokens + 3 * hidden)
                    : Math.max(7 * tokens + hidden + 4 * Math.min(GELU_CHUNK, hidden), 8 * tokens + hidden);
            double all = tokens / vit.embedDim();
            double attention = 9 * tokens + Math.max(Math.min(SCORES, all * all), all * vit.headDim());
            return Math.max(feedForward, attention);
        }

        double heads() {
            double head = 0;
            double scratch = 0;
            if (request.outputs().contains(Output.DEPTH)) {
                head = Math.max(head, depth(config.head()));
                scratch = resizing(config.head());
            }
            if (request.outputs().contains(Output.RAYS)) {
                head = Math.max(head, rays(config.head()));
                scratch = resizing(config.head());
            }
            if (request.outputs().contains(Output.GAUSSIANS)
                    && config.gaussians().isPresent()) {
                DptConfig gaussians = config.gaussians().get().head();
                head = Math.max(head, gaussians(gaussians));
                scratch = Math.max(scratch, resizing(gaussians));
            }
            double levels = 4 * patches * vit.levelDim();
            return HOLES_IN_HEADS * (image + kept(vit.depth()) + chunk * (head > 0 ? levels + head : 0)) + scratch;
        }

        private double depth(DptConfig c) {
            int maps = c.posEmbed() ? 3 : 2; // resized, with positions, padded for the convolution
            int outputs = c.kind() == DptConfig.Kind.DEPTH_AND_SKY ? 2 : 1;
            return untilFused(c) + fullSizeMaps(c, maps, outputs);
        }

        /** As depth, and the image brought to as many channels, and the sum of both. */
        private double gaussians(DptConfig c) {
            return untilFused(c) + fullSizeMaps(c, c.posEmbed() ? 5 : 4, 1);
        }

        /** The pyramid, the fused map, and that with half the channels. */
        private double untilFused(DptConfig c) {
            return patches * c.features() * (PYRAMID + 1.5 * FUSED);
        }

        /** Maps of H x W pixels: some of half the features, and one for each output before its last layer. */
        private double fullSizeMaps(DptConfig c, int maps, int outputs) {
            return pixels * (maps * c.features() / 2.0 + outputs * DptConfig.OUTPUT_FEATURES)
                    + Math.min(TAPS, 3 * pixels * c.features() / 2);
        }

        /** The fused map, what every convolution makes of it, and their positions and last layers. */
        private double rays(DptConfig c) {
            double convolutions = 0;
            for (int i = 0; i < c.auxConvolutions(); i++) {
                convolutions += i % 2 == 0 ? 0.5 : 1;
            }
            double fused = patches * FUSED;
            return patches * c.features() * PYRAMID
                    + fused * c.features() * (1 + convolutions + 1)
                    + 3 * fused * DptConfig.OUTPUT_FEATURES
                    + Math.min(TAPS, 3 * fused * c.features());
        }

        /** Source and target of the largest resizes, which an engine may hold outside of a call's memory. */
        private double resizing(DptConfig c) {
            double fused = patches * FUSED * c.features();
            return fused / 2 + Math.max(fused, pixels * c.features() / 2);
        }
    }
}

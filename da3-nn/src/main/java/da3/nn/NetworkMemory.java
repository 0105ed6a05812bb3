package da3.nn;

/**
 * An estimate of the peak native memory of a network in bytes, in float32.
 *
 * <p>The estimate follows the lifetimes of tensors in the backbone and the heads. With V views, T tokens (one more than
 * the patches of a view, times the views), P patches, D channels of a token, F hidden channels, E channels of a level,
 * n patches of a view, H x W pixels and C features of a head, it is the larger of
 *
 * <ul>
 *   <li>backbone: image 3 V H W + current tokens and those of the last within-view block 2 T D + previous levels P E
 *       each + previous features P D each + one block: norms, queries, keys, values, attended and projected tokens 7 T
 *       D, hidden channels T F, and the scratch memory of the activation or the result;
 *   <li>heads: image + four levels P E + features + one chunk of views: its levels 4 n E, the pyramid 21.25 n C, the
 *       fused map 64 n C and one of half the channels, and the full-size maps of C / 2 channels that an output needs;
 *       or, for rays, the maps between convolutions, 64 n pixels each; and the buffers of resizing.
 * </ul>
 *
 * <p>First-fit allocation fragments memory: by 15 % in the heads and 5 to 40 % in the backbone as measured, most where
 * levels of many views separate blocks of the same size.
 *
 * @param weights parameters that the request uses; they stay allocated
 * @param activations peak of all other tensors, released after the call except for a reserve
 */
public record NetworkMemory(long weights, long activations) {

    private static final double BACKBONE_FRAGMENTATION = 1.22;
    private static final double HEADS_FRAGMENTATION = 1.15;

    /** Floats of each of the four buffers of a GELU. */
    private static final double GELU_CHUNK = 1 << 18;

    /** Floats of a block of attention scores. */
    private static final double SCORES = 1 << 20;

    /** Floats of the taps of a convolution band. */
    private static final double TAPS = 1 << 21;

    /** Pixels of the pyramid per patch: 4 x 4, 2 x 2, 1 and a quarter. */
    private static final double PYRAMID = 21.25;

    /** Pixels of the fused map per patch. */
    private static final double FUSED = 64;

    /**
     * Estimates the memory of a call.
     *
     * @param height height of the processed images in pixels
     * @param width width of the processed images in pixels
     * @param hasCameras whether cameras are given
     */
    public static NetworkMemory of(
            NetworkConfig config, NetworkRequest request, int views, int height, int width, boolean hasCameras) {
        Peak peak = new Peak(config, request, views, height, width);
        return new NetworkMemory(Float.BYTES * ParameterCount.of(config, request, hasCameras), (long)
                (Float.BYTES * Math.max(peak.backbone(), peak.heads())));
    }

    /** The peaks of the backbone and the heads, in floats. */
    private static final class Peak {
        private final NetworkConfig config;
        private final BackboneConfig vit;
        private final NetworkRequest request;
        private final int views;
        private final double patches; // per view
        private final double pixels; // per view
        private final double tokens; // values of the tokens of all views
        private final double image;
        private final double chunk; // views that the heads process at a time

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
            return BACKBONE_FRAGMENTATION * (image + stream + kept(vit.depth() - 1) + block());
        }

        /** Levels and features that the blocks before one have produced. */
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
            return HEADS_FRAGMENTATION * (image + kept(vit.depth()) + chunk * (head > 0 ? levels + head : 0)) + scratch;
        }

        private double depth(DptConfig c) {
            int maps = c.posEmbed() ? 3 : 2; // resized, with positions, padded for the convolution
            int outputs = 1 + (c.kind().hasSky() ? 1 : 0) + (c.kind().hasObjects() ? 1 : 0);
            return untilFused(c) + fullSizeMaps(c, maps, outputs);
        }

        /** As {@link #depth}, plus the merged image and the sum of both. */
        private double gaussians(DptConfig c) {
            return untilFused(c) + fullSizeMaps(c, c.posEmbed() ? 5 : 4, 1);
        }

        /** The pyramid, the fused map, and a map of half its channels. */
        private double untilFused(DptConfig c) {
            return patches * c.features() * (PYRAMID + 1.5 * FUSED);
        }

        /** Full-size maps: some of half the features, and one per output before its last layer. */
        private double fullSizeMaps(DptConfig c, int maps, int outputs) {
            return pixels * (maps * c.features() / 2.0 + outputs * DptConfig.OUTPUT_FEATURES)
                    + Math.min(TAPS, 3 * pixels * c.features() / 2);
        }

        /** The fused map, the results of the convolutions, position embeddings and last layers. */
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

        /** Source and target of the largest resize, which an engine may keep in separate buffers. */
        private double resizing(DptConfig c) {
            double fused = patches * FUSED * c.features();
            return fused / 2 + Math.max(fused, pixels * c.features() / 2);
        }
    }
}

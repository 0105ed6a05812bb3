package da3.nn;

import da3.nn.internal.ViewOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The backbone: a DINOv2 vision transformer over any number of views.
 *
 * <p>From block {@code altStart} on, even blocks attend within views and odd blocks across all views, by reshaping the
 * tokens. Before it, all blocks attend within views. Token 0 is the class token before block {@code altStart} and a
 * camera token from there on.
 *
 * <p>Source: paper (arXiv 2511.10647), section 3.1; reference file model/dinov2/vision_transformer.py.
 */
final class VisionTransformer {

    private final BackboneConfig config;
    private final Engine engine;
    private final PatchEmbedding patchEmbed;
    private final Parameter clsToken; // (1, 1, dim)
    private final Parameter
            cameraToken; // (1, 2, dim): of the reference view and of all others; null without cross-view blocks
    private final List<Block> blocks = new ArrayList<>();
    private final LayerNorm norm;
    private final PositionTables positions;

    VisionTransformer(ParameterPath path, BackboneConfig config) {
        int dim = config.embedDim();
        this.config = config;
        this.engine = path.engine();
        this.patchEmbed = new PatchEmbedding(path.child("patch_embed.proj"), config);
        this.clsToken = path.plain("cls_token", 1, 1, dim);
        this.cameraToken = config.altStart() >= 0 ? path.plain("camera_token", 1, 2, dim) : null;
        for (int i = 0; i < config.depth(); i++) {
            blocks.add(Block.ofBackbone(path.child("blocks").child(i), config, i));
        }
        this.norm = new LayerNorm(path.child("norm"), dim, config.finalNormEpsilon());
        this.positions = new PositionTables(path, config);
    }

    /**
     * @param image (scenes x views, 3, H, W), normalized; the views of a scene are consecutive
     * @param givenCameras camera tokens of given cameras, (scenes x views, dim), or null
     * @param scenes number of scenes, which have the same number of views and do not attend to each other. With several
     *     scenes, the first view of each is its reference view
     * @param strategy how to choose the reference view if no cameras are given
     * @param featureLayers blocks whose tokens are returned as features
     * @param attentionLayers blocks whose queries and keys are returned
     */
    BackboneOutput forward(
            Tensor image,
            Tensor givenCameras,
            int scenes,
            ReferenceViewStrategy strategy,
            Collection<Integer> featureLayers,
            Collection<Integer> attentionLayers,
            Progress progress) {
        int views = image.size(0);
        PositionTables.ForGrid tables = positions.forGrid(
                views / scenes, image.size(2) / config.patchSize(), image.size(3) / config.patchSize());
        List<BackboneOutput.Level> levels = new ArrayList<>();
        Map<Integer, Tensor> features = new HashMap<>();
        Map<Integer, QueriesKeys> attention = new HashMap<>();
        int reference = -1;
        int[] inverseOrder = null;
        try (Scope scope = engine.scope()) {
            Tensor x = embed(image, tables); // (views, tokens, dim)
            Tensor local = x; // result of the last block within views
            for (int i = 0; i < blocks.size(); i++) {
                if (choosesReference(i, views, scenes, givenCameras)) {
                    reference = strategy.select(classTokens(x, strategy), views);
                    int[] order = ViewOrder.referenceFirst(views, reference);
                    inverseOrder = ViewOrder.inverse(order);
                    Tensor reordered = engine.reorderViews(x, order);
                    Tensor reorderedLocal = local == x ? reordered : engine.reorderViews(local, order);
                    scope.release(x);
                    scope.release(local);
                    x = reordered;
                    local = reorderedLocal;
                }
                if (i == config.altStart()) {
                    Tensor withCameras =
                            replaceToken0(x, givenCameras == null ? learnedCameras(views, scenes) : givenCameras);
                    if (x != local) {
                        scope.release(x);
                    }
                    x = withCameras;
                }
                boolean across = config.acrossViews(i);
                Block block = blocks.get(i);
                if (attentionLayers.contains(i)) {
                    attention.put(i, block.queriesKeys(x).keptIn(scope));
                }
                RotaryPositions rotary = across ? tables.across(i) : tables.within(i);
                Tensor y = engine.checkpoint(
                        across ? t -> acrossViews(block, t, scenes, rotary) : t -> block.forward(t, rotary), x);
                if (x != local) {
                    scope.release(x);
                }
                if (!across) {
                    scope.release(local);
                    local = y;
                }
                x = y;
                if (config.outLayers().contains(i)) {
                    levels.add(level(local, x, inverseOrder, scope));
                }
                if (featureLayers.contains(i)) {
                    features.put(i, features(x, inverseOrder, scope));
                }
                progress.step("backbone", i + 1, blocks.size());
            }
        }
        return new BackboneOutput(levels, features, attention, reference);
    }

    /**
     * Returns the class token and the patch tokens of each view after the final norm, with all blocks within views.
     *
     * @param image (views, 3, H, W), normalized
     * @return (views, 1 + patches, dim)
     */
    Tensor independentTokens(Tensor image) {
        PositionTables.ForGrid tables =
                positions.forGrid(1, image.size(2) / config.patchSize(), image.size(3) / config.patchSize());
        try (Scope scope = engine.scope()) {
            Tensor x = embed(image, tables);
            for (int i = 0; i < blocks.size(); i++) {
                Tensor y = blocks.get(i).forward(x, tables.within(i));
                scope.release(x);
                x = y;
            }
            return scope.keep(norm.forward(x));
        }
    }

    /** Returns the class token followed by patch tokens, with position embeddings. */
    private Tensor embed(Tensor image, PositionTables.ForGrid tables) {
        int dim = config.embedDim();
        try (Scope scope = engine.scope()) {
            Tensor patches = patchEmbed.forward(image);
            Tensor cls = engine.reorderViews(engine.reshape(engine.value(clsToken), 1, 1, dim), new int[image.size(0)]);
            Tensor tokens = engine.concatTokens(cls, patches);
            return scope.keep(engine.addToEveryView(tokens, tables.embedding()));
        }
    }

    private boolean choosesReference(int block, int views, int scenes, Tensor givenCameras) {
        return config.altStart() >= 0
                && scenes == 1
                && block == config.altStart() - 1
                && views >= config.refViewMinViews()
                && givenCameras == null;
    }

    /** Downloads the class tokens, (views, dim), if the strategy reads them. */
    private float[] classTokens(Tensor x, ReferenceViewStrategy strategy) {
        if (!strategy.readsTokens()) {
            return new float[0];
        }
        try (Scope scope = engine.scope()) {
            return engine.download(engine.tokens(x, 0, 1));
        }
    }

    /** Returns the learned camera tokens, (views, dim): one for the first view of a scene, one for all others. */
    private Tensor learnedCameras(int views, int scenes) {
        int[] index = new int[views];
        for (int v = 0; v < views; v++) {
            index[v] = v % (views / scenes) == 0 ? 0 : 1;
        }
        return engine.reorderViews(engine.reshape(engine.value(cameraToken), 2, config.embedDim()), index);
    }

    private Tensor replaceToken0(Tensor x, Tensor token) {
        try (Scope scope = engine.scope()) {
            Tensor first = engine.reshape(token, x.size(0), 1, x.size(2));
            return scope.keep(engine.concatTokens(first, engine.tokens(x, 1, x.size(1))));
        }
    }

    private Tensor acrossViews(Block block, Tensor x, int scenes, RotaryPositions positions) {
        try (Scope scope = engine.scope()) {
            Tensor all = engine.reshape(x, scenes, x.size(0) / scenes * x.size(1), x.size(2));
            return scope.keep(engine.reshape(block.forward(all, positions), x.shape()));
        }
    }

    private BackboneOutput.Level level(Tensor local, Tensor x, int[] inverseOrder, Scope outer) {
        try (Scope scope = engine.scope()) {
            Tensor first = reorder(local, inverseOrder);
            Tensor second = reorder(x, inverseOrder);
            int n = x.size(1);
            Tensor patches = engine.tokens(norm.forward(second), 1, n);
            Tensor camera = engine.tokens(second, 0, 1);
            if (config.catToken()) {
                patches = engine.concatChannels(engine.tokens(first, 1, n), patches);
                camera = engine.concatChannels(engine.tokens(first, 0, 1), camera);
            }
            scope.keep(patches);
            scope.keep(camera);
            outer.keep(patches);
            outer.keep(camera);
            return new BackboneOutput.Level(patches, camera);
        }
    }

    private Tensor features(Tensor x, int[] inverseOrder, Scope outer) {
        try (Scope scope = engine.scope()) {
            Tensor patches = engine.tokens(norm.forward(reorder(x, inverseOrder)), 1, x.size(1));
            return outer.keep(scope.keep(patches));
        }
    }

    private Tensor reorder(Tensor x, int[] order) {
        return order == null ? x : engine.reorderViews(x, order);
    }
}

package da3.weights.config;

import da3.geometry.check.Check;
import da3.nn.BackboneConfig;
import da3.nn.WeightsException;
import da3.weights.safetensors.UntrustedText;
import java.util.List;
import java.util.Map;

/**
 * Reads the backbone of a configuration tree; reference file model/dinov2/dinov2.py.
 *
 * <p>As an extension of the published format, {@code img_size}, {@code embed_dim}, {@code depth} and {@code num_heads}
 * are optional keys, and required if {@code name} is {@code custom}. The reference supports only the four named sizes.
 */
final class DinoV2Tree {

    private static final int MAX_SIDE = 1 << 14;
    private static final int PATCH = 14;
    private static final String CUSTOM = "custom";

    /** The size of a backbone; a {@code hidden} of 0 means four times {@code embedDim}. */
    private record Size(int imageSize, int embedDim, int depth, int heads, int hidden, boolean swiGlu) {}

    /** The four sizes of the reference. */
    private static final Map<String, Size> SIZES = Map.of(
            "vits", new Size(518, 384, 12, 6, 0, false),
            "vitb", new Size(518, 768, 12, 12, 0, false),
            "vitl", new Size(518, 1024, 24, 16, 0, false),
            "vitg", new Size(518, 1536, 40, 24, 4096, true));

    private DinoV2Tree() {}

    static BackboneConfig read(ConfigNode node) {
        ConfigObject.of(node, ConfigObject.DINOV2);
        Size size = size(node);
        List<Integer> outLayers =
                node.fourIntegers("out_layers", 0, size.depth - 1).orElseThrow(() -> node.missing("out_layers"));
        int altStart = start(node, "alt_start", size);
        int qkNormStart = start(node, "qknorm_start", size);
        int ropeStart = start(node, "rope_start", size);
        boolean catToken = node.flag("cat_token", true);
        node.finish();
        return new BackboneConfig(
                size.imageSize,
                PATCH,
                size.embedDim,
                size.depth,
                size.heads,
                size.swiGlu,
                size.hidden == 0 ? 4 * size.embedDim : size.hidden,
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

    private static Size size(ConfigNode node) {
        String name = node.requiredText("name");
        if (name.equals(CUSTOM)) {
            return new Size(
                    node.requiredInteger("img_size", PATCH, MAX_SIDE),
                    node.requiredInteger("embed_dim", 1, ConfigTree.MAX_CHANNELS),
                    node.requiredInteger("depth", 1, ConfigTree.MAX_BLOCKS),
                    node.requiredInteger("num_heads", 1, ConfigTree.MAX_CHANNELS),
                    0,
                    false);
        }
        Size size = SIZES.get(name);
        if (size == null) {
            throw new WeightsException(Check.message(
                    node.path() + ".name",
                    "one of vits, vitb, vitl, vitg, " + CUSTOM,
                    "'" + UntrustedText.shown(name) + "'"));
        }
        return new Size(
                node.integer("img_size", size.imageSize, PATCH, MAX_SIDE),
                node.integer("embed_dim", size.embedDim, 1, ConfigTree.MAX_CHANNELS),
                node.integer("depth", size.depth, 1, ConfigTree.MAX_BLOCKS),
                node.integer("num_heads", size.heads, 1, ConfigTree.MAX_CHANNELS),
                size.hidden,
                size.swiGlu);
    }

    /** Reads the index of a block, or -1 for none. */
    private static int start(ConfigNode node, String key, Size size) {
        return node.integer(key, -1, -1, size.depth - 1);
    }
}

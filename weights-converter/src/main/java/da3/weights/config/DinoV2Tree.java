package da3.weights.config;

import da3.nn.BackboneConfig;
import da3.nn.WeightsException;
import da3.weights.safetensors.ForeignText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The backbone's node of a configuration tree; reference file model/dinov2/dinov2.py. */
final class DinoV2Tree {

    /** The four sizes that the reference knows. */
    private enum Size {
        VITS(384, 12, 6, 4 * 384),
        VITB(768, 12, 12, 4 * 768),
        VITL(1024, 24, 16, 4 * 1024),
        VITG(1536, 40, 24, 4096);

        private final int embedDim;
        private final int depth;
        private final int heads;
        private final int hidden;

        Size(int embedDim, int depth, int heads, int hidden) {
            this.embedDim = embedDim;
            this.depth = depth;
            this.heads = heads;
            this.hidden = hidden;
        }

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private DinoV2Tree() {}

    static BackboneConfig read(ConfigNode node) {
        ConfigObject.of(node, ConfigObject.DINOV2);
        Size size = size(node);
        List<Integer> outLayers =
                node.fourIntegers("out_layers", 0, size.depth - 1).orElseThrow(() -> node.lacks("out_layers"));
        int altStart = start(node, "alt_start", size);
        int qkNormStart = start(node, "qknorm_start", size);
        int ropeStart = start(node, "rope_start", size);
        boolean catToken = node.flag("cat_token", true);
        node.finish();
        return new BackboneConfig(
                518,
                14,
                size.embedDim,
                size.depth,
                size.heads,
                size == Size.VITG,
                size.hidden,
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
        return Arrays.stream(Size.values())
                .filter(size -> size.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new WeightsException(node.path() + ".name is '" + ForeignText.shown(name)
                        + "'; legal: "
                        + String.join(
                                ", ", Arrays.stream(Size.values()).map(Size::id).toList())));
    }

    /** A block, or -1 for never. */
    private static int start(ConfigNode node, String key, Size size) {
        return node.integer(key, -1, -1, size.depth - 1);
    }
}

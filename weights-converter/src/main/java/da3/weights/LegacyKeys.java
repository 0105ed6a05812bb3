package da3.weights;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names that tensors had before the published layout, mapped to today's; also names of a bare network, without the
 * leading {@code model.}.
 *
 * <p>Source: reference file utils/model_loading.py, which converts the same layouts.
 */
public final class LegacyKeys {

    /** How a file calls its tensors. */
    public enum Layout {
        /** As published: {@code model.backbone.pretrained.norm.weight}. */
        PUBLISHED,
        /** Published names without {@code model.}: {@code backbone.pretrained.norm.weight}. */
        BARE,
        /** As in training: {@code module.net.pretrained.norm.weight}, with or without {@code module.}. */
        TRAINING
    }

    private static final String MODEL = "model.";
    private static final String MODULE = "module.";

    /** What a network's names begin with below {@code model.}, today and in training. */
    private static final Set<String> ROOTS = Set.of(
            "backbone",
            "head",
            "cam_enc",
            "cam_dec",
            "gs_head",
            "da3",
            "da3_metric",
            "net",
            "all_heads",
            "gaussian_param_head");

    /** Parts of names in training and today, in the order in which they are replaced. */
    private static final List<Map.Entry<String, String>> PARTS = List.of(
            Map.entry(".net.", ".backbone."),
            Map.entry(".camera_token_extra", ".camera_token"),
            Map.entry(".all_heads.camera_cond_head", ".cam_enc"),
            Map.entry(".all_heads.camera_head", ".cam_dec"),
            Map.entry(".all_heads.head", ".head"),
            Map.entry(".more_mlps.", ".backbone."),
            Map.entry(".fc_rot.", ".fc_qvec."),
            Map.entry("output_conv2_additional.sky_mask", "sky_output_conv2"),
            Map.entry("_ray.", "_aux."),
            Map.entry(".gaussian_param_head.", ".gs_head."));

    private final Layout layout;
    private final boolean hasExtraToken;

    private LegacyKeys(Layout layout, boolean hasExtraToken) {
        this.layout = layout;
        this.hasExtraToken = hasExtraToken;
    }

    /** Detects the layout of a checkpoint from its tensors' names. */
    public static LegacyKeys of(Collection<String> names) {
        Layout layout = Layout.PUBLISHED;
        boolean extraToken = false;
        for (String name : names) {
            if (isOfTraining(name)) {
                layout = Layout.TRAINING;
            } else if (layout == Layout.PUBLISHED && isBare(name)) {
                layout = Layout.BARE;
            }
            extraToken |= name.endsWith(".camera_token_extra");
        }
        return new LegacyKeys(layout, extraToken);
    }

    public Layout layout() {
        return layout;
    }

    /**
     * Today's name of a tensor; nothing for one that has no place in today's networks: in training, a class-token-like
     * {@code camera_token} beside the {@code camera_token_extra} that became today's camera token.
     */
    public Optional<String> today(String name) {
        if (layout == Layout.PUBLISHED) {
            return Optional.of(name);
        }
        String today = rooted(name);
        if (layout == Layout.TRAINING) {
            if (hasExtraToken && today.endsWith(".camera_token")) {
                return Optional.empty();
            }
            for (Map.Entry<String, String> part : PARTS) {
                today = today.replace(part.getKey(), part.getValue());
            }
        }
        return Optional.of(today);
    }

    private static String rooted(String name) {
        if (name.startsWith(MODULE)) {
            return MODEL + name.substring(MODULE.length());
        }
        return isBare(name) ? MODEL + name : name;
    }

    private static boolean isBare(String name) {
        int dot = name.indexOf('.');
        return dot > 0 && ROOTS.contains(name.substring(0, dot));
    }

    private static boolean isOfTraining(String name) {
        String rooted = rooted(name);
        return name.startsWith(MODULE)
                || PARTS.stream().anyMatch(part -> rooted.startsWith(MODEL) && rooted.contains(part.getKey()));
    }
}

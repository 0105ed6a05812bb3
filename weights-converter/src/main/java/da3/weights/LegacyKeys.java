package da3.weights;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Maps tensor names of older layouts, and of bare networks without the prefix {@code model.}, to current names.
 *
 * <p>Source: reference file utils/model_loading.py, which converts the same layouts.
 */
public final class LegacyKeys {

    /** A layout of tensor names. */
    public enum Layout {
        /** The published layout: {@code model.backbone.pretrained.norm.weight}. */
        PUBLISHED,
        /** Published names without {@code model.}: {@code backbone.pretrained.norm.weight}. */
        BARE,
        /** The layout of training: {@code module.net.pretrained.norm.weight}, with or without {@code module.}. */
        TRAINING
    }

    private static final String MODEL = "model.";
    private static final String MODULE = "module.";

    /** First parts of names after {@code model.}, current and in training. */
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

    /** Replacements of parts of training names by current ones, in order. */
    private static final List<Map.Entry<String, String>> REPLACEMENTS = List.of(
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

    /** Detects the layout of a checkpoint from the names of its tensors. */
    public static LegacyKeys of(Collection<String> names) {
        Layout layout = Layout.PUBLISHED;
        boolean extraToken = false;
        for (String name : names) {
            if (isTrainingName(name)) {
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
     * Returns the current name of a tensor, or empty if current networks do not have it: in training, the
     * {@code camera_token} of checkpoints whose {@code camera_token_extra} became the current camera token.
     */
    public Optional<String> currentName(String name) {
        if (layout == Layout.PUBLISHED) {
            return Optional.of(name);
        }
        String current = withPrefix(name);
        if (layout == Layout.TRAINING) {
            if (hasExtraToken && current.endsWith(".camera_token")) {
                return Optional.empty();
            }
            for (Map.Entry<String, String> replacement : REPLACEMENTS) {
                current = current.replace(replacement.getKey(), replacement.getValue());
            }
        }
        return Optional.of(current);
    }

    private static String withPrefix(String name) {
        if (name.startsWith(MODULE)) {
            return MODEL + name.substring(MODULE.length());
        }
        return isBare(name) ? MODEL + name : name;
    }

    private static boolean isBare(String name) {
        int dot = name.indexOf('.');
        return dot > 0 && ROOTS.contains(name.substring(0, dot));
    }

    private static boolean isTrainingName(String name) {
        String withPrefix = withPrefix(name);
        return name.startsWith(MODULE)
                || REPLACEMENTS.stream()
                        .anyMatch(replacement ->
                                withPrefix.startsWith(MODEL) && withPrefix.contains(replacement.getKey()));
    }
}

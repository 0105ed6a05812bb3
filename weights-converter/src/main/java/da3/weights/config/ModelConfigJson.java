package da3.weights.config;

import com.fasterxml.jackson.databind.JsonNode;
import da3.geometry.check.Check;
import da3.geometry.gaussian.GaussianOptions;
import da3.nn.BackboneConfig;
import da3.nn.CameraEncoderConfig;
import da3.nn.DptConfig;
import da3.nn.GaussianConfig;
import da3.nn.ModelConfig;
import da3.nn.NetworkConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a complete model configuration from JSON: {@code arch} is {@code anyview}, {@code mono} or {@code nested}. */
public final class ModelConfigJson {

    private ModelConfigJson() {}

    /** @throws IllegalArgumentException if a value is missing or not supported; the message names it */
    public static ModelConfig read(JsonNode config) {
        String arch = text(config, "arch");
        return switch (arch) {
            case "anyview", "mono" -> new ModelConfig(network(config), Optional.empty());
            case "nested" ->
                new ModelConfig(network(child(config, "anyview")), Optional.of(network(child(config, "metric"))));
            default -> throw Check.invalid("arch", "anyview, mono or nested", "'" + arch + "'");
        };
    }

    private static NetworkConfig network(JsonNode config) {
        return new NetworkConfig(
                backbone(child(config, "backbone")),
                head(child(config, "head")),
                optional(config, "cam_dec").map(node -> integer(node, "dim_in")),
                optional(config, "cam_enc").map(ModelConfigJson::cameraEncoder),
                optional(config, "gs_head").map(node -> gaussians(node, child(config, "gs_adapter"))));
    }

    private static BackboneConfig backbone(JsonNode node) {
        requireText(node, "interpolate_mode", "bicubic");
        requireFlag(node, "interpolate_antialias", false);
        requireFlag(node, "layer_scale", true);
        for (String bias : List.of("qkv_bias", "proj_bias", "ffn_bias")) {
            requireFlag(node, bias, true);
        }
        if (integer(node, "num_register_tokens") != 0 || integer(node, "in_chans") != 3) {
            throw Check.invalid(
                    "num_register_tokens and in_chans of backbone",
                    "0 and 3",
                    integer(node, "num_register_tokens") + " and " + integer(node, "in_chans"));
        }
        String ffn = text(node, "ffn");
        boolean swiGlu = ffn.equals("swiglu");
        if (!swiGlu && !ffn.equals("mlp")) {
            throw Check.invalid("backbone.ffn", "mlp or swiglu", "'" + ffn + "'");
        }
        requireText(node, "ffn_activation", swiGlu ? "swiglu_silu" : "gelu_erf");
        return new BackboneConfig(
                integer(node, "img_size"),
                integer(node, "patch_size"),
                integer(node, "embed_dim"),
                integer(node, "depth"),
                integer(node, "num_heads"),
                swiGlu,
                integer(node, "ffn_hidden"),
                integer(node, "alt_start"),
                integer(node, "qknorm_start"),
                integer(node, "rope_start"),
                number(node, "rope_freq"),
                flag(node, "cat_token"),
                integers(node, "out_layers"),
                number(node, "interpolate_offset"),
                number(node, "block_norm_eps"),
                number(node, "final_norm_eps"),
                number(node, "qk_norm_eps"),
                integer(node, "ref_view_min_views"));
    }

    private static DptConfig head(JsonNode node) {
        String type = text(node, "type");
        requireText(node, "interpolate", "bilinear_align_corners");
        if (integer(node, "head_features_2") != DptConfig.OUTPUT_FEATURES || integer(node, "down_ratio") != 1) {
            throw Check.invalid(
                    "head_features_2 and down_ratio of head",
                    DptConfig.OUTPUT_FEATURES + " and 1",
                    integer(node, "head_features_2") + " and " + integer(node, "down_ratio"));
        }
        return switch (type) {
            case "DualDPT" -> dual(node);
            case "DPT" -> plain(node);
            case "GSDPT" -> gaussian(node);
            default -> throw Check.invalid("head.type", "DualDPT, DPT or GSDPT", "'" + type + "'");
        };
    }

    private static DptConfig dual(JsonNode node) {
        requireText(node, "activation", "exp");
        requireText(node, "conf_activation", "expp1");
        requireText(node, "aux_activation", "linear");
        requireText(node, "aux_head_norm", "layer");
        return dpt(
                node,
                DptConfig.Kind.DEPTH_AND_RAYS,
                text(node, "token_norm").equals("layer"),
                number(node, "token_norm_eps"),
                integer(node, "aux_pyramid_levels"),
                integer(node, "aux_out1_conv_num"));
    }

    private static DptConfig plain(JsonNode node) {
        boolean sky = flag(node, "use_sky_head");
        requireText(node, "activation", "exp");
        requireText(node, "norm_type", "idt");
        requireFlag(node, "use_ln_for_heads", false);
        if (sky) {
            requireText(node, "sky_activation", "relu");
        }
        return dpt(node, monocular(sky, node.path("use_object_head").asBoolean()), false, 1e-5, 4, 5);
    }

    /**
     * Returns the outputs of a monocular head. The object mask is an extension of the published configurations.
     *
     * @param sky whether it has a sky mask
     * @param objects whether it has an object mask
     * @throws IllegalArgumentException if it has an object mask but no sky mask
     */
    static DptConfig.Kind monocular(boolean sky, boolean objects) {
        if (objects && !sky) {
            throw Check.invalid("use_sky_head", "true with use_object_head", sky);
        }
        return objects
                ? DptConfig.Kind.DEPTH_SKY_AND_OBJECTS
                : sky ? DptConfig.Kind.DEPTH_AND_SKY : DptConfig.Kind.DEPTH;
    }

    private static DptConfig gaussian(JsonNode node) {
        requireText(node, "activation", "linear");
        requireText(node, "conf_activation", "sigmoid");
        requireText(node, "norm_type", "idt");
        requireText(node, "merger_activation", "gelu_erf");
        return dpt(node, DptConfig.Kind.GAUSSIANS, false, 1e-5, 4, 5);
    }

    private static DptConfig dpt(
            JsonNode node, DptConfig.Kind kind, boolean tokenNorm, double epsilon, int auxLevels, int auxConvolutions) {
        boolean posEmbed = flag(node, "pos_embed");
        return new DptConfig(
                kind,
                integer(node, "dim_in"),
                integer(node, "patch_size"),
                integer(node, "output_dim"),
                integer(node, "features"),
                integers(node, "out_channels"),
                tokenNorm,
                posEmbed,
                posEmbed ? number(node, "pos_embed_ratio") : 0,
                posEmbed ? number(node, "pos_embed_omega0") : 1,
                epsilon,
                auxLevels,
                auxConvolutions,
                false);
    }

    private static CameraEncoderConfig cameraEncoder(JsonNode node) {
        requireText(node, "activation", "gelu_erf");
        requireFlag(node, "layer_scale", true);
        return new CameraEncoderConfig(
                integer(node, "dim_out"),
                integer(node, "trunk_depth"),
                integer(node, "num_heads"),
                integer(node, "mlp_ratio"),
                number(node, "norm_eps"));
    }

    private static GaussianConfig gaussians(JsonNode head, JsonNode adapter) {
        return new GaussianConfig(
                head(head),
                new GaussianOptions(
                        integer(adapter, "sh_degree"),
                        flag(adapter, "pred_color"),
                        flag(adapter, "pred_offset_depth"),
                        flag(adapter, "pred_offset_xy"),
                        number(adapter, "gaussian_scale_min"),
                        number(adapter, "gaussian_scale_max"),
                        number(adapter, "sh_mask_base"),
                        number(adapter, "sh_mask_decay")));
    }

    private static JsonNode child(JsonNode node, String name) {
        JsonNode child = node.get(name);
        if (child == null || child.isNull()) {
            throw new IllegalArgumentException("the model configuration lacks '" + name + "'");
        }
        return child;
    }

    private static Optional<JsonNode> optional(JsonNode node, String name) {
        return Optional.ofNullable(node.get(name)).filter(child -> !child.isNull());
    }

    private static String text(JsonNode node, String name) {
        return child(node, name).asText();
    }

    private static boolean flag(JsonNode node, String name) {
        return child(node, name).asBoolean();
    }

    private static int integer(JsonNode node, String name) {
        JsonNode value = child(node, name);
        if (!value.isNumber()) {
            throw Check.invalid(name + " of a model configuration", "a number", value);
        }
        return value.asInt();
    }

    private static double number(JsonNode node, String name) {
        JsonNode value = child(node, name);
        if (!value.isNumber()) {
            throw Check.invalid(name + " of a model configuration", "a number", value);
        }
        return value.asDouble();
    }

    private static List<Integer> integers(JsonNode node, String name) {
        List<Integer> values = new ArrayList<>();
        child(node, name).forEach(value -> values.add(value.asInt()));
        return values;
    }

    private static void requireText(JsonNode node, String name, String expected) {
        if (!text(node, name).equals(expected)) {
            throw Check.invalid(name + " of a model configuration", expected, "'" + text(node, name) + "'");
        }
    }

    private static void requireFlag(JsonNode node, String name, boolean expected) {
        if (flag(node, name) != expected) {
            throw Check.invalid(name + " of a model configuration", String.valueOf(expected), flag(node, name));
        }
    }
}

package da3.weights.config;

import da3.geometry.check.Check;
import da3.geometry.gaussian.GaussianOptions;
import da3.nn.BackboneConfig;
import da3.nn.CameraEncoderConfig;
import da3.nn.DptConfig;
import da3.nn.GaussianConfig;
import da3.nn.ModelConfig;
import da3.nn.ModelConfig.DepthUnit;
import da3.nn.NetworkConfig;
import da3.nn.WeightsException;
import da3.weights.safetensors.UntrustedText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a configuration tree, whose nodes name a Python class and its arguments. Absent arguments have the defaults of
 * the class. Values that the class accepts but this implementation does not support are rejected. As an extension of the
 * published format, a dual head has the argument {@code separate_reassembly}.
 *
 * <p>Source: reference files configs/*.yaml and the constructors in model/.
 */
final class ConfigTree {

    static final int MAX_CHANNELS = 1 << 16;
    static final int MAX_BLOCKS = 64;
    private static final int PATCH = 14;
    private static final List<Integer> OUT_CHANNELS = List.of(256, 512, 1024, 1024);
    private static final double EPSILON = 1e-5;

    private ConfigTree() {}

    static ModelConfig model(ConfigNode node) {
        ModelConfig model;
        if (ConfigObject.of(node, ConfigObject.NETWORK, ConfigObject.NESTED) == ConfigObject.NETWORK) {
            model = new ModelConfig(network(node), Optional.empty());
        } else {
            model = new ModelConfig(
                    inner(node.requiredChild("anyview")), Optional.of(inner(node.requiredChild("metric"))));
        }
        int size = node.integer("process_res", ModelConfig.PUBLISHED_SIZE, PATCH, 1 << 14);
        DepthUnit unit = node.text("depth_unit").map(ConfigTree::depthUnit).orElse(DepthUnit.ARBITRARY);
        node.finish();
        return model.withProcessingSize(size).withDepthUnit(unit);
    }

    /** Returns the unit of depth, an extension of the published format. */
    private static DepthUnit depthUnit(String id) {
        return Arrays.stream(DepthUnit.values())
                .filter(unit -> unit.name().toLowerCase(Locale.ROOT).equals(id))
                .findFirst()
                .orElseThrow(() -> Check.invalid(
                        "depth_unit", "arbitrary or meters_at_focal_300", "'" + UntrustedText.shown(id) + "'"));
    }

    private static NetworkConfig inner(ConfigNode node) {
        ConfigObject.of(node, ConfigObject.NETWORK);
        NetworkConfig network = network(node);
        node.finish();
        return network;
    }

    private static NetworkConfig network(ConfigNode node) {
        BackboneConfig backbone = DinoV2Tree.read(node.requiredChild("net"));
        DptConfig head = head(node.requiredChild("head"));
        requireSame(node, "head.dim_in", head.dimIn(), backbone.levelDim());
        Optional<ConfigNode> camDec = node.child("cam_dec");
        Optional<ConfigNode> camEnc = node.child("cam_enc");
        Optional<ConfigNode> gsHead = node.child("gs_head");
        Optional<ConfigNode> gsAdapter = node.child("gs_adapter");
        if (camDec.isPresent() != camEnc.isPresent() || gsHead.isPresent() != gsAdapter.isPresent()) {
            throw new WeightsException(
                    node.path() + " must have cam_enc and cam_dec together, and gs_head and gs_adapter together");
        }
        Optional<Integer> decoder = camDec.map(ConfigTree::cameraDecoder);
        Optional<CameraEncoderConfig> encoder = camEnc.map(ConfigTree::cameraEncoder);
        Optional<GaussianConfig> gaussians = gsHead.map(child -> gaussians(child, gsAdapter.orElseThrow()));
        decoder.ifPresent(dim -> requireSame(node, "cam_dec.dim_in", dim, backbone.levelDim()));
        encoder.ifPresent(config -> requireSame(node, "cam_enc.dim_out", config.dimOut(), backbone.embedDim()));
        gaussians.ifPresent(
                config -> requireSame(node, "gs_head.dim_in", config.head().dimIn(), backbone.levelDim()));
        return new NetworkConfig(backbone, head, decoder, encoder, gaussians);
    }

    private static DptConfig head(ConfigNode node) {
        boolean dual = ConfigObject.of(node, ConfigObject.DUAL_DPT, ConfigObject.DPT) == ConfigObject.DUAL_DPT;
        node.expectText("activation", "exp");
        node.expectText("conf_activation", "expp1");
        node.expectInteger("output_dim", dual ? 2 : 1);
        DptConfig head;
        if (dual) {
            node.expectInteger("aux_pyramid_levels", 4);
            node.expectTexts("head_names", "depth", "ray");
            int convolutions = node.integer("aux_out1_conv_num", 5, 1, 5);
            head = dpt(node, DptConfig.Kind.DEPTH_AND_RAYS, 2, true, true, convolutions)
                    .withSeparateReassembly(node.flag("separate_reassembly", false));
        } else {
            node.expectText("head_name", "depth");
            boolean sky = node.flag("use_sky_head", true);
            node.expectText("sky_name", "sky");
            node.expectText("sky_activation", "relu");
            node.expectFlag("use_ln_for_heads", false);
            node.expectText("norm_type", "idt");
            node.expectFlag("fusion_block_inplace", false);
            DptConfig.Kind kind = ModelConfigJson.monocular(sky, node.flag("use_object_head", false));
            head = dpt(node, kind, 1, false, false, 5);
        }
        node.finish();
        return head;
    }

    private static GaussianConfig gaussians(ConfigNode node, ConfigNode adapterNode) {
        GaussianOptions adapter = adapter(adapterNode);
        ConfigObject.of(node, ConfigObject.GS_DPT);
        int channels = adapter.channels() + 1; // including the density
        node.requiredInteger("output_dim", channels, channels);
        node.expectText("activation", "linear");
        node.expectText("conf_activation", "sigmoid");
        node.expectFlag("feature_only", false);
        node.expectInteger("conf_dim", 1);
        node.expectText("norm_type", "idt");
        node.expectFlag("fusion_block_inplace", false);
        DptConfig head = dpt(node, DptConfig.Kind.GAUSSIANS, channels, false, true, 5);
        node.finish();
        return new GaussianConfig(head, adapter);
    }

    private static GaussianOptions adapter(ConfigNode node) {
        ConfigObject.of(node, ConfigObject.GAUSSIAN_ADAPTER);
        node.expectFlag("pred_color", false);
        GaussianOptions defaults = GaussianOptions.defaults(
                node.integer("sh_degree", 0, 0, 4),
                node.flag("pred_offset_depth", false),
                node.flag("pred_offset_xy", true));
        GaussianOptions options = new GaussianOptions(
                defaults.shDegree(),
                defaults.predColor(),
                defaults.offsetDepth(),
                defaults.offsetXy(),
                node.number("gaussian_scale_min", defaults.scaleMin()),
                node.number("gaussian_scale_max", defaults.scaleMax()),
                defaults.shMaskBase(),
                defaults.shMaskDecay());
        node.finish();
        return options;
    }

    private static DptConfig dpt(
            ConfigNode node,
            DptConfig.Kind kind,
            int outputDim,
            boolean tokenNorm,
            boolean posEmbed,
            int convolutions) {
        node.expectInteger("patch_size", PATCH);
        node.expectInteger("down_ratio", 1);
        return new DptConfig(
                kind,
                node.requiredInteger("dim_in", 1, MAX_CHANNELS),
                PATCH,
                outputDim,
                node.integer("features", 256, 8, MAX_CHANNELS),
                node.fourIntegers("out_channels", 1, MAX_CHANNELS).orElse(OUT_CHANNELS),
                tokenNorm,
                node.flag("pos_embed", posEmbed),
                0.1,
                100,
                EPSILON,
                4,
                convolutions,
                false);
    }

    private static CameraEncoderConfig cameraEncoder(ConfigNode node) {
        ConfigObject.of(node, ConfigObject.CAMERA_ENCODER);
        node.expectInteger("dim_in", 9);
        node.expectInteger("target_dim", 9);
        node.number("init_values", 0.01); // initial layer scales, unused
        CameraEncoderConfig config = new CameraEncoderConfig(
                node.integer("dim_out", 1024, 1, MAX_CHANNELS),
                node.integer("trunk_depth", 4, 1, MAX_BLOCKS),
                node.integer("num_heads", 16, 1, MAX_CHANNELS),
                node.integer("mlp_ratio", 4, 1, 64),
                EPSILON);
        if (config.dimOut() % config.numHeads() != 0) {
            throw new WeightsException(
                    Check.message(node.path() + ".num_heads", "a divisor of " + config.dimOut(), config.numHeads()));
        }
        node.finish();
        return config;
    }

    private static int cameraDecoder(ConfigNode node) {
        ConfigObject.of(node, ConfigObject.CAMERA_DECODER);
        int dim = node.integer("dim_in", 1536, 1, MAX_CHANNELS);
        node.finish();
        return dim;
    }

    private static void requireSame(ConfigNode node, String key, int actual, int expected) {
        if (actual != expected) {
            throw new WeightsException(
                    Check.message(node.path() + "." + key, expected + ", as in the backbone", actual));
        }
    }
}

package da3.train.checkpoint;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.geometry.gaussian.GaussianOptions;
import da3.nn.BackboneConfig;
import da3.nn.CameraEncoderConfig;
import da3.nn.DptConfig;
import da3.nn.GaussianConfig;
import da3.nn.ModelConfig;
import da3.nn.NetworkConfig;
import da3.nn.Preset;
import da3.train.lora.BaseModel;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * The config.json of a checkpoint in the published layout: the name of a preset, or for other networks the tree
 * of the published ones. As an extension, its backbone also has {@code img_size}, {@code embed_dim}, {@code depth} and
 * {@code num_heads}, its head {@code separate_reassembly} if the ray branch has its own, and the tree has
 * {@code process_res} and, for a metric network, {@code depth_unit}.
 */
final class NetworkConfigJson {

    private static final String PACKAGE = "depth_anything_3.model.";

    private NetworkConfigJson() {}

    /** @param base model that it was fine-tuned from, which adds {@code base_model} and its {@code license} */
    static byte[] of(ModelConfig model, Optional<BaseModel> base) throws IOException {
        JsonMapper mapper = new JsonMapper();
        ObjectNode root = mapper.createObjectNode();
        Optional<Preset> preset = Preset.of(model);
        if (preset.isPresent()) {
            root.put("model_name", preset.get().id());
        } else {
            ObjectNode tree = root.putObject("config");
            network(tree, model.main());
            tree.put("process_res", model.processingSize());
            if (model.depthUnit() != ModelConfig.DepthUnit.ARBITRARY) {
                tree.put("depth_unit", model.depthUnit().name().toLowerCase(Locale.ROOT));
            }
        }
        if (base.isPresent()) {
            root.put("base_model", base.get().name());
            base.get().license().ifPresent(license -> root.put("license", license));
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    }

    private static void network(ObjectNode tree, NetworkConfig network) {
        object(tree, "da3", "DepthAnything3Net");
        backbone(object(tree.putObject("net"), "dinov2.dinov2", "DinoV2"), network.backbone());
        DptConfig head = network.head();
        boolean dual = head.kind() == DptConfig.Kind.DEPTH_AND_RAYS;
        ObjectNode dpt = dual
                ? object(tree.putObject("head"), "dualdpt", "DualDPT")
                : object(tree.putObject("head"), "dpt", "DPT");
        if (!dual) {
            dpt.put("use_sky_head", head.kind().hasSky());
            dpt.put("use_object_head", head.kind().hasObjects());
            dpt.put("pos_embed", head.posEmbed());
        }
        dpt.put("dim_in", head.dimIn());
        dpt.put("output_dim", head.outputDim());
        dpt.put("features", head.features());
        head.outChannels().forEach(dpt.putArray("out_channels")::add);
        if (head.separateReassembly()) {
            dpt.put("separate_reassembly", true);
        }
        network.cameraEncoder().ifPresent(camera -> cameras(tree, camera, network));
    }

    private static void cameras(ObjectNode tree, CameraEncoderConfig camera, NetworkConfig network) {
        ObjectNode encoder = object(tree.putObject("cam_enc"), "cam_enc", "CameraEnc");
        encoder.put("dim_out", camera.dimOut());
        encoder.put("trunk_depth", camera.trunkDepth());
        encoder.put("num_heads", camera.numHeads());
        encoder.put("mlp_ratio", camera.mlpRatio());
        object(tree.putObject("cam_dec"), "cam_dec", "CameraDec")
                .put("dim_in", network.cameraDecoderDim().orElseThrow());
        network.gaussians().ifPresent(gaussians -> gaussians(tree, gaussians));
    }

    private static void gaussians(ObjectNode tree, GaussianConfig gaussians) {
        DptConfig head = gaussians.head();
        ObjectNode dpt = object(tree.putObject("gs_head"), "gsdpt", "GSDPT");
        dpt.put("dim_in", head.dimIn());
        dpt.put("output_dim", head.outputDim());
        dpt.put("features", head.features());
        head.outChannels().forEach(dpt.putArray("out_channels")::add);
        GaussianOptions options = gaussians.adapter();
        ObjectNode adapter = object(tree.putObject("gs_adapter"), "gs_adapter", "GaussianAdapter");
        adapter.put("sh_degree", options.shDegree());
        adapter.put("pred_color", options.predColor());
        adapter.put("pred_offset_depth", options.offsetDepth());
        adapter.put("pred_offset_xy", options.offsetXy());
        adapter.put("gaussian_scale_min", options.scaleMin());
        adapter.put("gaussian_scale_max", options.scaleMax());
    }

    private static void backbone(ObjectNode net, BackboneConfig config) {
        net.put("name", "custom");
        net.put("img_size", config.imageSize());
        net.put("embed_dim", config.embedDim());
        net.put("depth", config.depth());
        net.put("num_heads", config.numHeads());
        config.outLayers().forEach(net.putArray("out_layers")::add);
        net.put("alt_start", config.altStart());
        net.put("qknorm_start", config.qkNormStart());
        net.put("rope_start", config.ropeStart());
        net.put("cat_token", config.catToken());
    }

    private static ObjectNode object(ObjectNode node, String module, String name) {
        ObjectNode object = node.putObject("__object__");
        object.put("path", PACKAGE + module);
        object.put("name", name);
        object.put("args", "as_params");
        return node;
    }
}

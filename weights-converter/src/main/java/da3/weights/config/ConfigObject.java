package da3.weights.config;

import da3.geometry.check.Check;
import da3.nn.WeightsException;
import da3.weights.safetensors.UntrustedText;
import java.util.Arrays;

/**
 * The classes that a configuration tree may name, with their modules. These are only names: no class is loaded or
 * instantiated.
 */
enum ConfigObject {
    NETWORK("da3", "DepthAnything3Net"),
    NESTED("da3", "NestedDepthAnything3Net"),
    DINOV2("dinov2.dinov2", "DinoV2"),
    DUAL_DPT("dualdpt", "DualDPT"),
    DPT("dpt", "DPT"),
    GS_DPT("gsdpt", "GSDPT"),
    CAMERA_ENCODER("cam_enc", "CameraEnc"),
    CAMERA_DECODER("cam_dec", "CameraDec"),
    GAUSSIAN_ADAPTER("gs_adapter", "GaussianAdapter");

    private static final String PACKAGE = "depth_anything_3.model.";

    private final String path;
    private final String className;

    ConfigObject(String module, String className) {
        this.path = PACKAGE + module;
        this.className = className;
    }

    /**
     * Returns the class of a node.
     *
     * @throws WeightsException if it is not one of the allowed classes; the message lists them
     */
    static ConfigObject of(ConfigNode node, ConfigObject... allowed) {
        ConfigNode object = node.requiredChild(ConfigNode.OBJECT);
        String path = object.requiredText("path");
        String name = object.requiredText("name");
        object.expectText("args", "as_params");
        if (object.text("args").isEmpty()) {
            throw object.missing("args");
        }
        object.finish();
        return Arrays.stream(allowed)
                .filter(kind -> kind.path.equals(path) && kind.className.equals(name))
                .findFirst()
                .orElseThrow(() -> new WeightsException(Check.message(
                        object.path(),
                        "one of "
                                + String.join(
                                        ", ",
                                        Arrays.stream(allowed)
                                                .map(ConfigObject::toString)
                                                .toList()),
                        UntrustedText.shown(path + "." + name))));
    }

    @Override
    public String toString() {
        return path + "." + className;
    }
}

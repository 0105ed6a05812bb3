package da3.weights.config;

import da3.nn.WeightsException;
import da3.weights.safetensors.UntrustedText;
import java.util.Arrays;

/**
 * The classes that a configuration tree may name, each with its module. They are names only: nothing is looked up or
 * instantiated by them.
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
     * Which of some classes a node is of.
     *
     * @throws WeightsException if it is none of them; the message lists them
     */
    static ConfigObject of(ConfigNode node, ConfigObject... legal) {
        ConfigNode object = node.requiredChild(ConfigNode.OBJECT);
        String path = object.requiredText("path");
        String name = object.requiredText("name");
        object.textIs("args", "as_params");
        if (object.text("args").isEmpty()) {
            throw object.lacks("args");
        }
        object.finish();
        return Arrays.stream(legal)
                .filter(kind -> kind.path.equals(path) && kind.className.equals(name))
                .findFirst()
                .orElseThrow(() -> new WeightsException(object.path() + " names "
                        + UntrustedText.shown(path + "." + name)
                        + "; legal: "
                        + String.join(
                                ", ",
                                Arrays.stream(legal).map(ConfigObject::toString).toList())));
    }

    @Override
    public String toString() {
        return path + "." + className;
    }
}

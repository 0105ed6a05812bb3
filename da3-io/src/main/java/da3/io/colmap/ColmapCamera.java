package da3.io.colmap;

import da3.geometry.lens.CameraModel;
import java.util.Arrays;

/**
 * A camera body with a lens.
 *
 * @param width of its photos in pixels
 * @param height of its photos in pixels
 * @param parameters as the model lists them
 */
public record ColmapCamera(int id, ColmapCameraModel model, int width, int height, double[] parameters) {

    public ColmapCamera {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "camera " + id + " has photos of " + width + "x" + height + "; legal: at least 1x1");
        }
        if (parameters.length != model.parameters()) {
            throw new IllegalArgumentException("camera " + id + " of model " + model + " has " + parameters.length
                    + " parameters; legal: " + model.parameters());
        }
        if (!Arrays.stream(parameters).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "camera " + id + " has parameters " + Arrays.toString(parameters) + "; legal: finite");
        }
        model.lens(parameters).intrinsics().requireValid("camera " + id);
    }

    public CameraModel lens() {
        return model.lens(parameters);
    }
}

package da3.io.colmap;

import da3.geometry.check.Check;
import da3.geometry.lens.CameraModel;
import java.util.Arrays;

/**
 * A camera of a COLMAP model; several images can share it.
 *
 * @param width of its images in pixels
 * @param height of its images in pixels
 * @param parameters in the order that the camera model documents
 */
public record ColmapCamera(int id, ColmapCameraModel model, int width, int height, double[] parameters) {

    public ColmapCamera {
        if (width < 1 || height < 1) {
            throw Check.invalid("image size of camera " + id, "at least 1x1", width + "x" + height);
        }
        if (parameters.length != model.parameters()) {
            throw Check.invalid(
                    "number of parameters of camera " + id,
                    model.parameters() + " for the model " + model,
                    parameters.length);
        }
        if (!Arrays.stream(parameters).allMatch(Double::isFinite)) {
            throw Check.invalid("parameters of camera " + id, "finite", Arrays.toString(parameters));
        }
        model.lens(parameters).intrinsics().requireValid("camera " + id);
    }

    /** Returns the camera model with these parameters. */
    public CameraModel lens() {
        return model.lens(parameters);
    }
}

package da3.streaming.reference;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import da3.geometry.check.Check;

/**
 * A frame as a window sees it.
 *
 * @param image the processed image
 * @param depth depth in the unit of the window
 * @param confidence confidence less 1, so from 0 on
 * @param camera in the world frame of the window
 */
public record WindowFrame(Image image, ScalarMap depth, ScalarMap confidence, Camera camera) {

    /**
     * Returns the frame of a predicted view.
     *
     * @param name names the view in error messages
     * @throws IllegalArgumentException if it has no confidence or no camera, or its maps differ in size
     */
    static WindowFrame of(View view, String name) {
        if (view.confidence().isEmpty() || view.camera().isEmpty()) {
            throw Check.invalid(
                    name,
                    "a view with confidence and camera",
                    view.confidence().isEmpty() ? "one without confidence" : "one without camera");
        }
        view.requireOneSize(name);
        return new WindowFrame(
                view.image(),
                view.depth(),
                lessOne(view.confidence().get()),
                view.camera().get());
    }

    PointPairs.ConfidentPoints points() {
        return new PointPairs.ConfidentPoints(PointMap.of(depth, camera), confidence);
    }

    private static ScalarMap lessOne(ScalarMap confidence) {
        float[] values = confidence.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] -= 1;
        }
        return new ScalarMap(confidence.width(), confidence.height(), values);
    }
}

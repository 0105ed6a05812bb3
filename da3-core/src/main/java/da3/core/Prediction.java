package da3.core;

import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.rays.RayMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of inference. Views are in the order of the request. All values are on the Java heap.
 *
 * @param scene depth, confidence, cameras and, if requested, Gaussians. At the size of the given images, depth and
 *     confidence are 0 where an image was cropped
 * @param rays ray maps in the network's frame and unit, with 8 by 8 rays per patch of the processed image; empty unless
 *     requested
 * @param sky raw sky scores, where a score below 0.3 is ground; empty if the model has none
 * @param objects raw object scores, near 1 on objects; empty if the model has none
 * @param features features by layer, (views, rows, columns, channels), with one row and column per 14 pixels of the
 *     processed image. Rows and columns may differ between independent views
 * @param referenceView reference view that was chosen, or -1 if none was
 * @param scales for each view, the depth of this prediction per unit of the main network, without the shift of a fit to
 *     measured depths. For nested models, meters per unit of the any-view network
 * @param scaled whether given poses determined the scale; true without given poses
 * @param warnings what could not be determined, one sentence each
 * @param provenance what the prediction was computed with
 */
public record Prediction(
        Scene scene,
        Optional<List<RayMap>> rays,
        Optional<List<ScalarMap>> sky,
        Optional<List<ScalarMap>> objects,
        Map<Integer, float[]> features,
        int referenceView,
        List<Double> scales,
        boolean scaled,
        List<String> warnings,
        Provenance provenance) {

    public Prediction {
        scales = List.copyOf(scales);
        warnings = List.copyOf(warnings);
    }

    /** Returns the scale of the first view. All views have the same unless they are independent or the model is metric. */
    public double scale() {
        return scales.get(0);
    }
}

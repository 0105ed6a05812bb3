package da3.core;

import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.rays.RayMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was predicted, in the caller's order of views. Plain values: nothing to free.
 *
 * @param scene depth, confidence, cameras and, if asked for, Gaussians. At the photos' own size, depth and confidence are 0
 *     where a photo was cut before the network saw it
 * @param rays if asked for; in the network's own frame and unit, 8 by 8 a patch of the processed image
 * @param sky raw scores where the model has them; below 0.3 is ground
 * @param features by layer, (views, rows, columns, channels); rows and columns are the processed image's over 14, and may
 *     differ between independent views
 * @param referenceView the view chosen to put the world in its frame, or -1 where none was chosen
 * @param scales for each view, its depth where the main network says 1 (and a fit to measured depths adds no shift): the
 *     meters in the any-view network's unit for nested models
 * @param warnings what the request could not determine, one sentence each
 */
public record Prediction(
        Scene scene,
        Optional<List<RayMap>> rays,
        Optional<List<ScalarMap>> sky,
        Map<Integer, float[]> features,
        int referenceView,
        List<Double> scales,
        List<String> warnings,
        Provenance provenance) {

    public Prediction {
        scales = List.copyOf(scales);
        warnings = List.copyOf(warnings);
    }

    /** Of the first view; the same for all unless they are independent or the model is a metric one. */
    public double scale() {
        return scales.get(0);
    }
}

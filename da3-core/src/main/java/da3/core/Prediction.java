package da3.core;

import da3.geometry.RayMap;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was predicted, in the caller's order of views. Plain values: nothing to free.
 *
 * @param scene depth, confidence, cameras and, if asked for, Gaussians
 * @param rays if asked for
 * @param sky raw scores where the model has them; below 0.3 is ground
 * @param features by layer, (views, rows, columns, channels); rows and columns are the processed image's over 14
 * @param referenceView the view chosen to put the world in its frame, or -1 where none was chosen
 * @param scale metres in the any-view network's unit for nested models, otherwise 1
 */
public record Prediction(
        Scene scene,
        Optional<List<RayMap>> rays,
        Optional<List<ScalarMap>> sky,
        Map<Integer, float[]> features,
        int referenceView,
        double scale,
        Provenance provenance) {}

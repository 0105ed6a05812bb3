package da3.nn;

import java.util.List;
import java.util.Map;

/**
 * Raw head outputs in the caller's order of views; what was not asked for, or what the network has not, is null.
 *
 * @param depth (views, H, W)
 * @param confidence (views, H, W), above 1
 * @param sky (views, H, W)
 * @param rays (views, 8 rows, 8 columns, 6): direction, origin
 * @param rayConfidence (views, 8 rows, 8 columns), above 1
 * @param poseEncodings (views, 9), see {@code PoseEncoding}
 * @param gaussians (views, H, W, channels), raw
 * @param densities (views, H, W), 0 to 1
 * @param features by layer, (views, rows, columns, channels)
 * @param referenceView the chosen view, or -1 where none was chosen
 * @param trace null unless asked for
 */
public record NetworkOutput(
        float[] depth,
        float[] confidence,
        float[] sky,
        float[] rays,
        float[] rayConfidence,
        float[] poseEncodings,
        float[] gaussians,
        float[] densities,
        Map<Integer, float[]> features,
        int referenceView,
        Trace trace) {

    /**
     * Values inside the computation.
     *
     * @param patches of each level, (views, patches, channels)
     * @param cameras of each level, (views, channels)
     * @param givenCameras (views, channels), or null
     */
    public record Trace(List<float[]> patches, List<float[]> cameras, float[] givenCameras) {}
}

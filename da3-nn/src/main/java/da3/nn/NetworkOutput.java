package da3.nn;

import java.util.List;
import java.util.Map;

/**
 * Raw head outputs in the caller's order of views. Outputs that were not requested or that the network lacks are null.
 *
 * @param depth (views, H, W)
 * @param confidence (views, H, W), above 1
 * @param sky (views, H, W), near 1 on the sky
 * @param objects (views, H, W), near 1 on objects
 * @param rays (views, 8 rows, 8 columns, 6): direction, origin
 * @param rayConfidence (views, 8 rows, 8 columns), above 1
 * @param poseEncodings (views, 9), see {@code PoseEncoding}
 * @param gaussians (views, H, W, channels), raw
 * @param densities (views, H, W), 0 to 1
 * @param features by block, (views, rows, columns, channels)
 * @param referenceView the chosen view, or -1 if none was chosen
 * @param trace intermediate values; null unless requested
 */
public record NetworkOutput(
        float[] depth,
        float[] confidence,
        float[] sky,
        float[] objects,
        float[] rays,
        float[] rayConfidence,
        float[] poseEncodings,
        float[] gaussians,
        float[] densities,
        Map<Integer, float[]> features,
        int referenceView,
        Trace trace) {

    /**
     * Intermediate values.
     *
     * @param patches patch tokens of each level, (views, patches, channels)
     * @param cameras camera tokens of each level, (views, channels)
     * @param givenCameras tokens of given cameras, (views, channels), or null
     */
    public record Trace(List<float[]> patches, List<float[]> cameras, float[] givenCameras) {}
}

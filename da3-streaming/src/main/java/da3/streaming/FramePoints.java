package da3.streaming;

import da3.geometry.Camera;
import da3.geometry.PointCloud;
import da3.geometry.Pose;
import da3.geometry.View;
import da3.geometry.math.Percentiles;
import da3.geometry.math.Vec3;
import java.util.Arrays;

/**
 * The points of a frame in the map.
 *
 * @param cloud positions and colors
 * @param pixels row-major index of the pixel of each point
 */
record FramePoints(PointCloud cloud, int[] pixels) {

    /**
     * Returns the points of confident pixels.
     *
     * @param view view in the frame of the map
     * @param maxPoints maximum number of points; of more pixels every n-th is taken
     */
    static FramePoints of(View view, double confidencePercentile, int maxPoints) {
        int[] kept = confident(view, confidencePercentile);
        int[] pixels = new int[Math.min(kept.length, maxPoints)];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = kept[(int) ((long) i * kept.length / pixels.length)];
        }
        float[] positions = new float[3 * pixels.length];
        byte[] colors = new byte[3 * pixels.length];
        Camera camera = view.camera().orElseThrow();
        Pose toMap = camera.pose().inverse();
        int width = view.depth().width();
        for (int i = 0; i < pixels.length; i++) {
            int pixel = pixels[i];
            float depth = view.depth().values()[pixel];
            Vec3 point =
                    toMap.transform(camera.intrinsics().unproject(pixel % width + 0.5, pixel / width + 0.5, depth));
            positions[3 * i] = (float) point.x();
            positions[3 * i + 1] = (float) point.y();
            positions[3 * i + 2] = (float) point.z();
            System.arraycopy(view.image().rgb(), 3 * pixel, colors, 3 * i, 3);
        }
        return new FramePoints(new PointCloud(positions, colors), pixels);
    }

    /** Returns the pixels with depth that are not masked and not among the least confident. */
    private static int[] confident(View view, double percentile) {
        float[] depth = view.depth().values();
        float[] confidence = view.confidence().orElseThrow().values();
        int usable = 0;
        for (int i = 0; i < depth.length; i++) {
            usable += depth[i] > 0 && confidence[i] > 1 ? 1 : 0;
        }
        if (usable == 0) {
            return new int[0];
        }
        double threshold = Percentiles.quantile(confidence, i -> depth[i] > 0 && confidence[i] > 1, percentile / 100);
        int[] pixels = new int[usable];
        int count = 0;
        for (int i = 0; i < depth.length; i++) {
            if (depth[i] > 0 && confidence[i] > 1 && confidence[i] >= threshold) {
                pixels[count++] = i;
            }
        }
        return Arrays.copyOf(pixels, count);
    }
}

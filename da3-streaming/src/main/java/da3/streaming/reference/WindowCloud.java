package da3.streaming.reference;

import da3.geometry.PointCloud;
import da3.geometry.Sim3;
import da3.geometry.math.Vec3;
import java.util.List;

/** Point clouds of windows. Source: {@code save_confident_pointcloud_batch} and {@code merge_ply_files}. */
final class WindowCloud {

    private static final double MIN_CONFIDENCE = 1e-5;

    private WindowCloud() {}

    /**
     * Returns a random choice of the confident points of a window in the world frame. Frames that windows share are in
     * the clouds of both.
     *
     * @param confidenceRatio threshold as a fraction of the mean confidence of the window
     * @param sampleRatio fraction of the confident points that is kept
     */
    static PointCloud of(AlignedWindow window, double confidenceRatio, double sampleRatio, long seed) {
        double threshold = confidenceRatio * meanConfidence(window.frames());
        float[] positions = new float[Math.multiplyExact(3, count(window.frames(), threshold))];
        byte[] colors = new byte[positions.length];
        int at = 0;
        for (WindowFrame frame : window.frames()) {
            PointMap points = frame.points().points();
            float[] confidence = frame.confidence().values();
            for (int i = 0; i < confidence.length; i++) {
                if (isConfident(confidence[i], threshold)) {
                    put(positions, at, points.at(i), window.toWorld());
                    System.arraycopy(frame.image().rgb(), 3 * i, colors, at, 3);
                    at += 3;
                }
            }
        }
        PointCloud cloud = new PointCloud(positions, colors);
        return cloud.atMost((int) (cloud.size() * sampleRatio), seed);
    }

    /** Returns the points of all clouds, in order. */
    static PointCloud joined(List<PointCloud> clouds) {
        int points = clouds.stream().mapToInt(PointCloud::size).reduce(0, Math::addExact);
        float[] positions = new float[Math.multiplyExact(3, points)];
        byte[] colors = new byte[positions.length];
        int at = 0;
        for (PointCloud cloud : clouds) {
            System.arraycopy(cloud.positions(), 0, positions, at, 3 * cloud.size());
            System.arraycopy(cloud.colors(), 0, colors, at, 3 * cloud.size());
            at += 3 * cloud.size();
        }
        return new PointCloud(positions, colors);
    }

    private static double meanConfidence(List<WindowFrame> frames) {
        double sum = 0;
        long count = 0;
        for (WindowFrame frame : frames) {
            for (float value : frame.confidence().values()) {
                sum += value;
            }
            count += frame.confidence().values().length;
        }
        return sum / count;
    }

    private static int count(List<WindowFrame> frames, double threshold) {
        int count = 0;
        for (WindowFrame frame : frames) {
            for (float value : frame.confidence().values()) {
                count = isConfident(value, threshold) ? Math.addExact(count, 1) : count;
            }
        }
        return count;
    }

    private static boolean isConfident(float confidence, double threshold) {
        return confidence >= threshold && confidence > MIN_CONFIDENCE;
    }

    private static void put(float[] positions, int at, Vec3 point, Sim3 toWorld) {
        Vec3 p = toWorld.transform(point);
        positions[at] = (float) p.x();
        positions[at + 1] = (float) p.y();
        positions[at + 2] = (float) p.z();
    }
}

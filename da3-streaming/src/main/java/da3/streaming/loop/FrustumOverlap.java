package da3.streaming.loop;

import da3.geometry.Camera;
import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.geometry.fusion.ViewFrustum;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.List;

/**
 * The overlap of the frusta of two frames in the present map, within its drift: the mean fraction of points at the
 * depth of one frame that the other one sees. A point counts half if it is outside the frustum by less than the drift,
 * which is taken as 2 % of the length of the path between both frames. Of pairs with equal overlap, those whose cameras
 * are closer come first.
 */
public final class FrustumOverlap implements PairSimilarity {

    /** Drift of the map as a fraction of the length of the path. */
    private static final double DRIFT = 0.02;

    /** Points along each side of an image. */
    private static final int SAMPLES = 4;

    /** Weight of the distance and the rotation between two cameras, which orders pairs of equal overlap. */
    private static final double TIE = 0.01;

    /** Points beyond this multiple of the depth of a frame are hidden by its surfaces. */
    private static final double FAR = 1.5;

    private final List<Camera> cameras;
    private final double[] depths;
    private final int width;
    private final int height;
    private final double[] path;

    /**
     * Prepares the search.
     *
     * @param cameras cameras of all frames in the map
     * @param depths median depth of each frame in the unit of the map
     * @param width width of all frames in pixels
     * @param height height of all frames in pixels
     */
    public FrustumOverlap(List<Camera> cameras, double[] depths, int width, int height) {
        if (depths.length != cameras.size()) {
            throw Check.invalid("number of depths", "that of the cameras, " + cameras.size(), depths.length);
        }
        this.cameras = List.copyOf(cameras);
        this.depths = depths.clone();
        this.width = width;
        this.height = height;
        path = new double[depths.length];
        for (int i = 1; i < path.length; i++) {
            path[i] = path[i - 1] + center(i).minus(center(i - 1)).norm();
        }
    }

    @Override
    public float of(int earlier, int later) {
        double drift = DRIFT * Math.abs(path[later] - path[earlier]);
        double distance = center(later).minus(center(earlier)).norm();
        if (distance > FAR * (depths[earlier] + depths[later]) + drift) {
            return 0;
        }
        double overlap = (seen(earlier, later, drift) + seen(later, earlier, drift)) / 2;
        if (overlap == 0) {
            return 0;
        }
        double apart = distance / (depths[earlier] + depths[later]) + turn(earlier, later);
        return (float) (overlap - TIE * apart);
    }

    /**
     * Returns frames that cover the map: the first one, and then those that overlap least with the ones before.
     *
     * @param maxFrames maximum number of frames
     */
    public List<Integer> cover(int maxFrames) {
        List<Integer> chosen = new ArrayList<>();
        float[] largest = new float[depths.length];
        while (chosen.size() < Math.min(maxFrames, depths.length)) {
            int next = 0;
            for (int i = 1; i < depths.length; i++) {
                next = largest[i] < largest[next] ? i : next;
            }
            chosen.add(next);
            for (int i = 0; i < depths.length; i++) {
                largest[i] = i == next ? Float.POSITIVE_INFINITY : Math.max(largest[i], of(i, next));
            }
        }
        return chosen;
    }

    /** Returns the difference of the rotations of two frames: 0 for the same, 1 for opposite ones. */
    private double turn(int a, int b) {
        Mat3 relative = cameras.get(a)
                .pose()
                .rotation()
                .times(cameras.get(b).pose().rotation().transpose());
        return (3 - relative.m00() - relative.m11() - relative.m22()) / 4;
    }

    /** Returns the fraction of the points of a frame that another one sees. */
    private double seen(int from, int by, double drift) {
        Camera own = cameras.get(from);
        Pose toMap = own.pose().inverse();
        ViewFrustum other = new ViewFrustum(cameras.get(by), width, height, FAR * depths[by]);
        double sum = 0;
        for (int i = 0; i < SAMPLES * SAMPLES; i++) {
            double x = (i % SAMPLES + 0.5) * width / SAMPLES;
            double y = (i / SAMPLES + 0.5) * height / SAMPLES;
            Vec3 point = toMap.transform(own.intrinsics().unproject(x, y, depths[from]));
            sum += other.mayIntersect(point, 0) ? 0.5 : 0;
            sum += other.mayIntersect(point, drift) ? 0.5 : 0;
        }
        return sum / (SAMPLES * SAMPLES);
    }

    private Vec3 center(int frame) {
        return cameras.get(frame).pose().cameraCenter();
    }
}

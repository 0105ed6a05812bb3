package da3.streaming.window;

import da3.geometry.Pose;
import da3.geometry.align.NearestRotation;
import da3.geometry.math.Mat3;
import java.util.Collections;
import java.util.List;

/** The mean of the rotations between two frames of reference, as seen by several cameras. */
public final class MeanRotation {

    private MeanRotation() {}

    /**
     * Returns the rotation from the world frame of {@code source} to that of {@code target} that is closest to those of
     * all cameras.
     *
     * @param target world-to-camera poses, at least one
     * @param source world-to-camera poses of the same cameras in another world frame
     */
    public static Mat3 of(List<Pose> target, List<Pose> source) {
        return of(target, source, Collections.nCopies(target.size(), 1.0));
    }

    /**
     * Returns the rotation as {@link #of(List, List)} does.
     *
     * @param weights weight of each camera, positive
     */
    public static Mat3 of(List<Pose> target, List<Pose> source, List<Double> weights) {
        double[] sum = new double[9];
        for (int i = 0; i < target.size(); i++) {
            Mat3 toTarget = target.get(i).rotation().transpose();
            double[] relative = toTarget.times(source.get(i).rotation()).toArray();
            for (int j = 0; j < sum.length; j++) {
                sum[j] += weights.get(i) * relative[j];
            }
        }
        return NearestRotation.of(Mat3.of(sum, 0)).rotation();
    }
}

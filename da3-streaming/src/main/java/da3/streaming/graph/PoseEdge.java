package da3.streaming.graph;

import da3.geometry.Pose;
import da3.geometry.check.Check;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A measured motion between the cameras of two poses of a graph: by one window of an inference, by odometry, or by the
 * verification of a loop.
 *
 * @param from number of the first pose
 * @param to number of the second pose
 * @param motion maps coordinates of camera {@code to} to those of camera {@code from}:
 *     {@code poseFrom.compose(poseTo.inverse())} for world-to-camera poses. Its translation is the center of camera
 *     {@code to} as camera {@code from} sees it.
 * @param information certainty of the motion, as noise of the pose of camera {@code to} in the frame of {@code from}
 * @param scale number of the scale that turns the unit of the motion into that of the world; empty if they are the same
 */
public record PoseEdge(int from, int to, Pose motion, PoseInformation information, OptionalInt scale) {

    /** @throws IllegalArgumentException if both poses are the same, or the motion is not rigid */
    public PoseEdge {
        Check.atLeast("number of a pose", 0, Math.min(from, to));
        if (from == to) {
            throw Check.invalid("second pose of an edge", "another than the first", to);
        }
        motion.requireRigid("motion from pose " + from + " to pose " + to);
        Objects.requireNonNull(information, "information");
    }

    /** Returns an edge whose motion is in the unit of the world, for instance in meters. */
    public static PoseEdge of(int from, int to, Pose motion, PoseInformation information) {
        return new PoseEdge(from, to, motion, information, OptionalInt.empty());
    }

    /** Returns this edge with its motion, and the noise of that, in a unit of {@code scale} units of the world. */
    public PoseEdge withScale(int scale) {
        return new PoseEdge(
                from, to, motion, information, OptionalInt.of(Check.atLeast("number of a scale", 0, scale)));
    }
}

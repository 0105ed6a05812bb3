package da3.geometry.rig;

import da3.geometry.Pose;
import da3.geometry.math.Vec3;
import da3.geometry.metrics.Angles;
import java.util.ArrayList;
import java.util.List;

/** Checks of a rig for mistakes that the rig alone reveals. */
public final class RigCheck {

    /** Maximum angle in degrees between the vertical axes of level cameras. */
    private static final double LEVEL = 20;

    /** Minimum angle in degrees between the vertical axes of cameras that are not level. */
    private static final double TILTED = 60;

    private static final Vec3 DOWN = new Vec3(0, 1, 0); // camera axes: x right, y down

    private RigCheck() {}

    /**
     * Returns what seems to be wrong with a rig, one sentence each. Cameras of a vehicle are usually level. If they are
     * only after an inversion of their poses, these are probably camera-to-rig. Nothing can be seen if all cameras are
     * rotated about one axis that is also an axis of the rig's frame, for instance in the frame of a level camera.
     */
    public static List<String> warnings(Rig rig) {
        List<String> warnings = new ArrayList<>();
        if (rig.baseline() == 0) {
            warnings.add("the cameras of the rig have the same center, which determines no scale");
        }
        List<Pose> poses = rig.sensorsFromRig();
        List<Pose> inverses = poses.stream().map(Pose::inverse).toList();
        if (spread(poses) > TILTED && spread(inverses) < LEVEL) {
            warnings.add(
                    "the cameras of the rig would be level if their poses were inverted: poses must map rig to camera"
                            + " coordinates, and these seem to be camera-to-rig");
        }
        return warnings;
    }

    /** Returns the largest angle between the vertical axes of two cameras in degrees. */
    private static double spread(List<Pose> sensorsFromRig) {
        double largest = 0;
        for (Pose a : sensorsFromRig) {
            for (Pose b : sensorsFromRig) {
                largest = Math.max(largest, Angles.between(down(a), down(b)));
            }
        }
        return largest;
    }

    private static Vec3 down(Pose sensorFromRig) {
        return sensorFromRig.rotation().transpose().times(DOWN);
    }
}

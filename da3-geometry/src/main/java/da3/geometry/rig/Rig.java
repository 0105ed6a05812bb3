package da3.geometry.rig;

import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Cameras that are mounted rigidly, for instance on a vehicle. Their images of one instant are taken together, and their
 * views need not overlap.
 *
 * @param cameras at least one, with different names; the order of the views of an instant
 */
public record Rig(List<RigCamera> cameras) {

    /** @throws IllegalArgumentException if there is no camera or two have the same name */
    public Rig {
        cameras = List.copyOf(cameras);
        Check.atLeast("number of cameras of a rig", 1, cameras.size());
        Set<String> names = new HashSet<>();
        for (RigCamera camera : cameras) {
            if (!names.add(camera.name())) {
                throw Check.invalid("name of a camera", "unique in its rig", camera.name() + " twice");
            }
        }
    }

    /** Returns the number of cameras. */
    public int size() {
        return cameras.size();
    }

    /**
     * Returns the camera with a name.
     *
     * @throws IllegalArgumentException if there is none; the message lists all names
     */
    public RigCamera camera(String name) {
        return cameras.stream()
                .filter(camera -> camera.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Check.invalid("camera of the rig", "one of " + names(), name));
    }

    private String names() {
        return cameras.stream().map(RigCamera::name).collect(Collectors.joining(", "));
    }

    /** Returns the sensor-from-rig poses of all cameras, in order. */
    public List<Pose> sensorsFromRig() {
        return cameras.stream().map(RigCamera::sensorFromRig).toList();
    }

    /**
     * Returns the world-to-camera poses of all cameras at an instant, in order.
     *
     * @param rigFromWorld motion from world to rig coordinates
     */
    public List<Pose> poses(Pose rigFromWorld) {
        return sensorsFromRig().stream()
                .map(sensor -> sensor.compose(rigFromWorld))
                .toList();
    }

    /** Returns the centers of all cameras in rig coordinates, in meters. */
    public List<Vec3> centers() {
        return sensorsFromRig().stream().map(Pose::cameraCenter).toList();
    }

    /** Returns the largest distance between two camera centers in meters, which determines the scale of a scene. */
    public double baseline() {
        double largest = 0;
        for (Vec3 a : centers()) {
            for (Vec3 b : centers()) {
                largest = Math.max(largest, a.minus(b).norm());
            }
        }
        return largest;
    }

    /** Returns the same cameras with another frame of the rig, for instance that of one camera. */
    public Rig inFrame(Pose newFrameFromRig) {
        Pose rigFromNewFrame = newFrameFromRig.inverse();
        return mapped(camera -> camera.withPose(camera.sensorFromRig().compose(rigFromNewFrame)));
    }

    /** Returns this rig with all distances between cameras multiplied by a positive factor. */
    public Rig scaled(double factor) {
        Check.positive("scale of a rig", factor);
        return mapped(camera -> {
            Pose pose = camera.sensorFromRig();
            return camera.withPose(pose.withTranslation(pose.translation().times(factor)));
        });
    }

    /** Returns this rig with each camera replaced. */
    public Rig mapped(UnaryOperator<RigCamera> change) {
        List<RigCamera> changed = new ArrayList<>();
        cameras.forEach(camera -> changed.add(change.apply(camera)));
        return new Rig(changed);
    }
}

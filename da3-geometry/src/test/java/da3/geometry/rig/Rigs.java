package da3.geometry.rig;

import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.lens.Pinhole;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rigs for tests. */
final class Rigs {

    private Rigs() {}

    /**
     * Returns level cameras that look outward, in a frame with x forward, y left and z up.
     *
     * @param count number of cameras
     * @param radius distance of the cameras from the center in meters
     */
    static Rig surround(int count, double radius) {
        List<RigCamera> cameras = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double angle = 2 * Math.PI * i / count;
            Vec3 forward = new Vec3(Math.cos(angle), Math.sin(angle), 0);
            Vec3 down = new Vec3(0, 0, -1);
            Mat3 rigFromSensor = Mat3.ofColumns(down.cross(forward), down, forward);
            Vec3 center = forward.times(radius).plus(new Vec3(0.3, 0, 1.5));
            cameras.add(new RigCamera(
                    "camera" + i,
                    new Pose(rigFromSensor, center).inverse(),
                    new Pinhole(new Intrinsics(40, 40, 32, 24)),
                    Optional.of(new RigCamera.Size(64, 48))));
        }
        return new Rig(cameras);
    }
}

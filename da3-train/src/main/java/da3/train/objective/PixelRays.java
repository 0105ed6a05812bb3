package da3.train.objective;

import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;

/** World directions R K^-1 (j + 0.5, i + 0.5, 1) of the pixels of one camera, not of unit length. */
final class PixelRays {

    private final Mat3 rotation;
    private final Vec3 origin;
    private final Intrinsics k;

    /** @param pose camera-to-world */
    PixelRays(Pose pose, Intrinsics k) {
        this.rotation = pose.rotation();
        this.origin = pose.translation();
        this.k = k;
    }

    Vec3 origin() {
        return origin;
    }

    double x(int row, int column) {
        return rotation.m00() * across(column) + rotation.m01() * down(row) + rotation.m02();
    }

    double y(int row, int column) {
        return rotation.m10() * across(column) + rotation.m11() * down(row) + rotation.m12();
    }

    double z(int row, int column) {
        return rotation.m20() * across(column) + rotation.m21() * down(row) + rotation.m22();
    }

    private double across(int column) {
        return k.unprojectX(column + 0.5);
    }

    private double down(int row) {
        return k.unprojectY(row + 0.5);
    }
}

package da3.geometry.splat;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.Intrinsics;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;

/**
 * The projection of one Gaussian at a time to an ellipse in an image, with the intermediate values that its derivative
 * needs. Source: Zwicker et al., "EWA Volume Splatting", 2001, section 4.
 */
final class EllipseProjection {

    /** Variance, in square pixels, of the blur that makes every ellipse at least as wide as a pixel. */
    private static final double LOW_PASS = 0.3;

    /** Farther outside the image than this fraction of its half width, the projection is linearized at the margin. */
    private static final double MARGIN = 0.3;

    final Mat3 toCamera;
    final Intrinsics k;

    // center in camera coordinates
    double x;
    double y;
    double z;

    // x / z and y / z where the projection is linearized
    double slopeX;
    double slopeY;

    // rows of the Jacobian times the camera's rotation
    final double[] rowX = new double[3];
    final double[] rowY = new double[3];

    final double[] axes = new double[9]; // (axis, 3), unit vectors in the world frame
    final double[] alongX = new double[3]; // (axis), rowX times each axis
    final double[] alongY = new double[3];

    // covariance in square pixels
    double xx;
    double xy;
    double yy;

    private final GaussianCloud cloud;
    private final Vec3 translation;
    private final int width;
    private final int height;

    EllipseProjection(GaussianCloud cloud, Camera camera, int width, int height) {
        this.cloud = cloud;
        this.toCamera = camera.pose().rotation();
        this.translation = camera.pose().translation();
        this.k = camera.intrinsics();
        this.width = width;
        this.height = height;
    }

    /** Sets the center of Gaussian {@code i} in camera coordinates. */
    void setCenter(int i) {
        double mx = cloud.means()[3 * i];
        double my = cloud.means()[3 * i + 1];
        double mz = cloud.means()[3 * i + 2];
        Mat3 w = toCamera;
        x = w.m00() * mx + w.m01() * my + w.m02() * mz + translation.x();
        y = w.m10() * mx + w.m11() * my + w.m12() * mz + translation.y();
        z = w.m20() * mx + w.m21() * my + w.m22() * mz + translation.z();
    }

    /** Sets all but the center, which must be in front of the camera. */
    void setCovariance(int i) {
        Mat3 w = toCamera;
        slopeX = clamped(x / z, k.cx(), width, k.fx());
        slopeY = clamped(y / z, k.cy(), height, k.fy());
        rowX[0] = k.fx() / z * (w.m00() - slopeX * w.m20());
        rowX[1] = k.fx() / z * (w.m01() - slopeX * w.m21());
        rowX[2] = k.fx() / z * (w.m02() - slopeX * w.m22());
        rowY[0] = k.fy() / z * (w.m10() - slopeY * w.m20());
        rowY[1] = k.fy() / z * (w.m11() - slopeY * w.m21());
        rowY[2] = k.fy() / z * (w.m12() - slopeY * w.m22());
        setAxes(i);
        xx = LOW_PASS;
        xy = 0;
        yy = LOW_PASS;
        for (int axis = 0; axis < 3; axis++) {
            double sigma = cloud.scales()[3 * i + axis];
            double vx = axes[3 * axis];
            double vy = axes[3 * axis + 1];
            double vz = axes[3 * axis + 2];
            alongX[axis] = rowX[0] * vx + rowX[1] * vy + rowX[2] * vz;
            alongY[axis] = rowY[0] * vx + rowY[1] * vy + rowY[2] * vz;
            double u = sigma * alongX[axis];
            double v = sigma * alongY[axis];
            xx += u * u;
            xy += u * v;
            yy += v * v;
        }
    }

    private void setAxes(int i) {
        double qw = cloud.rotations()[4 * i];
        double qx = cloud.rotations()[4 * i + 1];
        double qy = cloud.rotations()[4 * i + 2];
        double qz = cloud.rotations()[4 * i + 3];
        double s = 2 / (qw * qw + qx * qx + qy * qy + qz * qz);
        axes[0] = 1 - s * (qy * qy + qz * qz);
        axes[1] = s * (qx * qy + qz * qw);
        axes[2] = s * (qx * qz - qy * qw);
        axes[3] = s * (qx * qy - qz * qw);
        axes[4] = 1 - s * (qx * qx + qz * qz);
        axes[5] = s * (qy * qz + qx * qw);
        axes[6] = s * (qx * qz + qy * qw);
        axes[7] = s * (qy * qz - qx * qw);
        axes[8] = 1 - s * (qx * qx + qy * qy);
    }

    double determinant() {
        return xx * yy - xy * xy;
    }

    private static double clamped(double slope, double principal, int size, double focal) {
        double margin = MARGIN * 0.5 * size / focal;
        return Math.max(-principal / focal - margin, Math.min((size - principal) / focal + margin, slope));
    }
}

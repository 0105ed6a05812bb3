package da3.geometry.splat;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.Intrinsics;
import da3.geometry.concurrent.Parallel;
import da3.geometry.math.Mat3;
import da3.geometry.math.SphericalHarmonics;
import da3.geometry.math.Vec3;

/**
 * Gaussians projected into the image of one camera: an ellipse, a color and a depth for each. Source: Zwicker et al.,
 * "EWA Volume Splatting", 2001, section 4; Kerbl et al., "3D Gaussian Splatting", 2023, section 4.
 */
final class ProjectedSplats {

    /** Minimum alpha of a Gaussian in a pixel; smaller contributions are omitted. */
    static final double ALPHA_CUT = 1.0 / 255;

    /** Variance, in square pixels, of the blur that makes every ellipse at least as wide as a pixel. */
    private static final double LOW_PASS = 0.3;

    /** Farther outside the image than this fraction of its half width, the projection is linearized at the margin. */
    private static final double MARGIN = 0.3;

    /** Extends the bounding box of an ellipse, in pixels, so that rounding omits none of its pixels. */
    private static final double SLACK = 1e-6;

    private static final int CHUNK = 1 << 12;

    final float[] depths; // 0 if not visible
    final double[] ellipses; // (size, 5): center x, y; inverse covariance xx, xy, yy
    final double[] reaches; // largest exponent at which the Gaussian is visible
    final float[] opacities;
    final float[] colors; // (size, 3)
    final int[] boxes; // (size, 4): first and last column, first and last row

    private final GaussianCloud cloud;
    private final Mat3 toCamera;
    private final Vec3 translation;
    private final Vec3 center;
    private final Intrinsics k;
    private final int width;
    private final int height;
    private final double near;

    ProjectedSplats(GaussianCloud cloud, Camera camera, int width, int height, SplatOptions options) {
        int size = cloud.size();
        this.cloud = cloud;
        this.toCamera = camera.pose().rotation();
        this.translation = camera.pose().translation();
        this.center = camera.pose().cameraCenter();
        this.k = camera.intrinsics();
        this.width = width;
        this.height = height;
        this.near = options.near();
        this.depths = new float[size];
        this.ellipses = new double[Math.multiplyExact(5, size)];
        this.reaches = new double[size];
        this.opacities = cloud.opacities();
        this.colors = new float[3 * size];
        this.boxes = new int[4 * size];
        Parallel.forEach((size + CHUNK - 1) / CHUNK, options.threads(), chunk -> {
            double[] basis = new double[SphericalHarmonics.coefficients(cloud.degree())];
            for (int i = chunk * CHUNK; i < Math.min(size, (chunk + 1) * CHUNK); i++) {
                if (project(i)) {
                    color(i, basis);
                }
            }
        });
    }

    /** Sets ellipse, box and depth of a Gaussian and returns whether it is visible. */
    private boolean project(int i) {
        double mx = cloud.means()[3 * i];
        double my = cloud.means()[3 * i + 1];
        double mz = cloud.means()[3 * i + 2];
        Mat3 w = toCamera;
        double z = w.m20() * mx + w.m21() * my + w.m22() * mz + translation.z();
        double reach = Math.log(cloud.opacities()[i] / ALPHA_CUT);
        if (!(z >= near && z <= Float.MAX_VALUE && reach >= 0)) {
            return false;
        }
        double x = w.m00() * mx + w.m01() * my + w.m02() * mz + translation.x();
        double y = w.m10() * mx + w.m11() * my + w.m12() * mz + translation.y();
        double tx = clamped(x / z, k.cx(), width, k.fx());
        double ty = clamped(y / z, k.cy(), height, k.fy());
        // rows of the Jacobian times the camera's rotation
        double ax = k.fx() / z * (w.m00() - tx * w.m20());
        double ay = k.fx() / z * (w.m01() - tx * w.m21());
        double az = k.fx() / z * (w.m02() - tx * w.m22());
        double bx = k.fy() / z * (w.m10() - ty * w.m20());
        double by = k.fy() / z * (w.m11() - ty * w.m21());
        double bz = k.fy() / z * (w.m12() - ty * w.m22());
        double xx = LOW_PASS;
        double xy = 0;
        double yy = LOW_PASS;
        double qw = cloud.rotations()[4 * i];
        double qx = cloud.rotations()[4 * i + 1];
        double qy = cloud.rotations()[4 * i + 2];
        double qz = cloud.rotations()[4 * i + 3];
        double s = 2 / (qw * qw + qx * qx + qy * qy + qz * qz);
        for (int axis = 0; axis < 3; axis++) {
            double vx;
            double vy;
            double vz;
            if (axis == 0) {
                vx = 1 - s * (qy * qy + qz * qz);
                vy = s * (qx * qy + qz * qw);
                vz = s * (qx * qz - qy * qw);
            } else if (axis == 1) {
                vx = s * (qx * qy - qz * qw);
                vy = 1 - s * (qx * qx + qz * qz);
                vz = s * (qy * qz + qx * qw);
            } else {
                vx = s * (qx * qz + qy * qw);
                vy = s * (qy * qz - qx * qw);
                vz = 1 - s * (qx * qx + qy * qy);
            }
            double sigma = cloud.scales()[3 * i + axis];
            double u = sigma * (ax * vx + ay * vy + az * vz);
            double v = sigma * (bx * vx + by * vy + bz * vz);
            xx += u * u;
            xy += u * v;
            yy += v * v;
        }
        double determinant = xx * yy - xy * xy;
        if (!(determinant > 0 && determinant <= Double.MAX_VALUE)) {
            return false;
        }
        ellipses[5 * i] = k.projectX(x, z);
        ellipses[5 * i + 1] = k.projectY(y, z);
        ellipses[5 * i + 2] = yy / determinant;
        ellipses[5 * i + 3] = -xy / determinant;
        ellipses[5 * i + 4] = xx / determinant;
        reaches[i] = reach;
        if (!box(i, Math.sqrt(2 * reach * xx), Math.sqrt(2 * reach * yy))) {
            return false;
        }
        depths[i] = (float) z;
        return true;
    }

    private static double clamped(double slope, double principal, int size, double focal) {
        double margin = MARGIN * 0.5 * size / focal;
        return Math.max(-principal / focal - margin, Math.min((size - principal) / focal + margin, slope));
    }

    /**
     * Sets the range of pixels whose centers are in the bounding box of an ellipse, and returns whether there are any.
     */
    private boolean box(int i, double halfWidth, double halfHeight) {
        double x = ellipses[5 * i] - 0.5;
        double y = ellipses[5 * i + 1] - 0.5;
        boxes[4 * i] = (int) Math.max(0, Math.ceil(x - halfWidth - SLACK));
        boxes[4 * i + 1] = (int) Math.min(width - 1, Math.floor(x + halfWidth + SLACK));
        boxes[4 * i + 2] = (int) Math.max(0, Math.ceil(y - halfHeight - SLACK));
        boxes[4 * i + 3] = (int) Math.min(height - 1, Math.floor(y + halfHeight + SLACK));
        return boxes[4 * i] <= boxes[4 * i + 1] && boxes[4 * i + 2] <= boxes[4 * i + 3];
    }

    private void color(int i, double[] basis) {
        double x = cloud.means()[3 * i] - center.x();
        double y = cloud.means()[3 * i + 1] - center.y();
        double z = cloud.means()[3 * i + 2] - center.z();
        double length = Math.sqrt(x * x + y * y + z * z);
        HarmonicBasis.evaluate(cloud.degree(), x / length, y / length, z / length, basis);
        for (int c = 3 * i; c < 3 * i + 3; c++) {
            double value = 0.5;
            for (int j = 0; j < basis.length; j++) {
                value += basis[j] * cloud.harmonics()[c * basis.length + j];
            }
            colors[c] = (float) Math.max(0, value);
        }
    }
}

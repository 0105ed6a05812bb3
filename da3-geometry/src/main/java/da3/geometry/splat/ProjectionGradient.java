package da3.geometry.splat;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.math.Mat3;
import da3.geometry.math.SphericalHarmonics;
import da3.geometry.math.Vec3;
import java.util.Arrays;

/**
 * The derivative of the projection and the color of Gaussians with respect to the cloud and the camera pose, one
 * Gaussian at a time. Source: Kerbl et al., "3D Gaussian Splatting", 2023, appendix A; Ye and Kanazawa, "Mathematical
 * Supplement for the gsplat Library", 2023.
 */
final class ProjectionGradient {

    private final GaussianCloud cloud;
    private final ProjectedSplats splats;
    private final EllipseProjection p;
    private final GaussianCloud out;
    private final double[] pose = new double[12]; // (3, 4), sum over Gaussians
    private final Vec3 translation;
    private final Vec3 center;
    private final double[] mean = new double[3]; // gradient of the mean of the current Gaussian
    private final double[] ofRowX = new double[3];
    private final double[] ofRowY = new double[3];
    private final double[] ofAxes = new double[9]; // (axis, 3)
    private final double[] basis;
    private final double[] slopes; // (harmonics, 3)

    /** @param out receives the gradients */
    ProjectionGradient(
            GaussianCloud cloud, Camera camera, int width, int height, ProjectedSplats splats, GaussianCloud out) {
        this.cloud = cloud;
        this.splats = splats;
        this.p = new EllipseProjection(cloud, camera, width, height);
        this.out = out;
        this.translation = camera.pose().translation();
        this.center = camera.pose().cameraCenter();
        this.basis = new double[SphericalHarmonics.coefficients(cloud.degree())];
        this.slopes = new double[3 * basis.length];
    }

    /** Returns the gradient of the pose, (3, 4) row-major, summed over the Gaussians so far. */
    double[] pose() {
        return pose;
    }

    /**
     * Sets the gradients of Gaussian {@code i}, which must be visible.
     *
     * @param of derivatives with respect to the projected Gaussians, in the layout of {@link TileGradient#VALUES}
     */
    void apply(int i, double[] of) {
        int at = i * TileGradient.VALUES;
        p.setCenter(i);
        p.setCovariance(i);
        Arrays.fill(mean, 0);
        out.opacities()[i] = (float) of[at + 5];
        applyColor(i, of, at + 6);
        applyCovariance(i, of[at + 2], of[at + 3], of[at + 4]);
        applyRotation(i);
        applyCenter(i, of[at], of[at + 1], of[at + 9]);
        for (int axis = 0; axis < 3; axis++) {
            out.means()[3 * i + axis] = (float) mean[axis];
        }
    }

    /** Adds the derivatives of the color to those of harmonics, mean and pose. */
    private void applyColor(int i, double[] of, int at) {
        double x = cloud.means()[3 * i] - center.x();
        double y = cloud.means()[3 * i + 1] - center.y();
        double z = cloud.means()[3 * i + 2] - center.z();
        double length = Math.sqrt(x * x + y * y + z * z);
        x /= length;
        y /= length;
        z /= length;
        HarmonicBasis.evaluate(cloud.degree(), x, y, z, basis);
        HarmonicBasis.differentiate(cloud.degree(), x, y, z, slopes);
        double dx = 0;
        double dy = 0;
        double dz = 0;
        for (int c = 0; c < 3; c++) {
            double ofColor = splats.colors[3 * i + c] > 0 ? of[at + c] : 0;
            int first = (3 * i + c) * basis.length;
            for (int j = 0; j < basis.length; j++) {
                out.harmonics()[first + j] = (float) (ofColor * basis[j]);
                double h = ofColor * cloud.harmonics()[first + j];
                dx += h * slopes[3 * j];
                dy += h * slopes[3 * j + 1];
                dz += h * slopes[3 * j + 2];
            }
        }
        // only a turn of the direction counts, not its length
        double radial = x * dx + y * dy + z * dz;
        dx = (dx - radial * x) / length;
        dy = (dy - radial * y) / length;
        dz = (dz - radial * z) / length;
        mean[0] += dx;
        mean[1] += dy;
        mean[2] += dz;
        // the camera center is -R^T t
        Mat3 w = p.toCamera;
        pose[3] += w.m00() * dx + w.m01() * dy + w.m02() * dz;
        pose[7] += w.m10() * dx + w.m11() * dy + w.m12() * dz;
        pose[11] += w.m20() * dx + w.m21() * dy + w.m22() * dz;
        addOuter(translation.x(), translation.y(), translation.z(), dx, dy, dz);
    }

    /** Sets the derivatives of scales, axes and rows from those of the inverse covariance. */
    private void applyCovariance(int i, double xx, double xy, double yy) {
        // with K the inverse and G the symmetric gradient of K, the gradient of the covariance is -K G K
        double kxx = splats.ellipses[5 * i + 2];
        double kxy = splats.ellipses[5 * i + 3];
        double kyy = splats.ellipses[5 * i + 4];
        double half = 0.5 * xy;
        double ofXx = -(kxx * (xx * kxx + half * kxy) + kxy * (half * kxx + yy * kxy));
        double ofXy = -2 * (kxx * (xx * kxy + half * kyy) + kxy * (half * kxy + yy * kyy));
        double ofYy = -(kxy * (xx * kxy + half * kyy) + kyy * (half * kxy + yy * kyy));
        Arrays.fill(ofRowX, 0);
        Arrays.fill(ofRowY, 0);
        for (int axis = 0; axis < 3; axis++) {
            double sigma = cloud.scales()[3 * i + axis];
            double u = sigma * p.alongX[axis];
            double v = sigma * p.alongY[axis];
            double ofU = 2 * u * ofXx + v * ofXy;
            double ofV = 2 * v * ofYy + u * ofXy;
            out.scales()[3 * i + axis] = (float) (ofU * p.alongX[axis] + ofV * p.alongY[axis]);
            for (int c = 0; c < 3; c++) {
                ofRowX[c] += sigma * ofU * p.axes[3 * axis + c];
                ofRowY[c] += sigma * ofV * p.axes[3 * axis + c];
                ofAxes[3 * axis + c] = sigma * (ofU * p.rowX[c] + ofV * p.rowY[c]);
            }
        }
    }

    /** Sets the derivatives of the quaternion from those of the axes. */
    private void applyRotation(int i) {
        double w = cloud.rotations()[4 * i];
        double x = cloud.rotations()[4 * i + 1];
        double y = cloud.rotations()[4 * i + 2];
        double z = cloud.rotations()[4 * i + 3];
        double length = Math.sqrt(w * w + x * x + y * y + z * z);
        w /= length;
        x /= length;
        y /= length;
        z /= length;
        double[] g = ofAxes;
        double ofW = 2 * (x * (g[5] - g[7]) + y * (g[6] - g[2]) + z * (g[1] - g[3]));
        double ofX = 2 * (y * (g[1] + g[3]) + z * (g[2] + g[6]) + w * (g[5] - g[7]) - 2 * x * (g[4] + g[8]));
        double ofY = 2 * (x * (g[1] + g[3]) + z * (g[5] + g[7]) + w * (g[6] - g[2]) - 2 * y * (g[0] + g[8]));
        double ofZ = 2 * (x * (g[2] + g[6]) + y * (g[5] + g[7]) + w * (g[1] - g[3]) - 2 * z * (g[0] + g[4]));
        double radial = w * ofW + x * ofX + y * ofY + z * ofZ;
        out.rotations()[4 * i] = (float) ((ofW - radial * w) / length);
        out.rotations()[4 * i + 1] = (float) ((ofX - radial * x) / length);
        out.rotations()[4 * i + 2] = (float) ((ofY - radial * y) / length);
        out.rotations()[4 * i + 3] = (float) ((ofZ - radial * z) / length);
    }

    /** Adds the derivatives of image position, depth and Jacobian to those of mean and pose. */
    private void applyCenter(int i, double ofColumn, double ofRow, double ofDepth) {
        Mat3 w = p.toCamera;
        double fx = p.k.fx() / p.z;
        double fy = p.k.fy() / p.z;
        double slopeX = -fx * (ofRowX[0] * w.m20() + ofRowX[1] * w.m21() + ofRowX[2] * w.m22());
        double slopeY = -fy * (ofRowY[0] * w.m20() + ofRowY[1] * w.m21() + ofRowY[2] * w.m22());
        boolean insideX = p.slopeX == p.x / p.z;
        boolean insideY = p.slopeY == p.y / p.z;
        double x = fx * ofColumn + (insideX ? slopeX / p.z : 0);
        double y = fy * ofRow + (insideY ? slopeY / p.z : 0);
        double z = ofDepth
                - (fx * ofColumn * p.x + fy * ofRow * p.y) / p.z
                - (insideX ? slopeX * p.slopeX / p.z : 0)
                - (insideY ? slopeY * p.slopeY / p.z : 0);
        for (int c = 0; c < 3; c++) {
            z -= (ofRowX[c] * p.rowX[c] + ofRowY[c] * p.rowY[c]) / p.z;
            pose[c] += fx * ofRowX[c];
            pose[4 + c] += fy * ofRowY[c];
            pose[8 + c] -= fx * p.slopeX * ofRowX[c] + fy * p.slopeY * ofRowY[c];
        }
        mean[0] += w.m00() * x + w.m10() * y + w.m20() * z;
        mean[1] += w.m01() * x + w.m11() * y + w.m21() * z;
        mean[2] += w.m02() * x + w.m12() * y + w.m22() * z;
        pose[3] += x;
        pose[7] += y;
        pose[11] += z;
        addOuter(x, y, z, cloud.means()[3 * i], cloud.means()[3 * i + 1], cloud.means()[3 * i + 2]);
    }

    /** Adds the product of a column and a row to the gradient of the camera's rotation. */
    private void addOuter(double a0, double a1, double a2, double b0, double b1, double b2) {
        pose[0] += a0 * b0;
        pose[1] += a0 * b1;
        pose[2] += a0 * b2;
        pose[4] += a1 * b0;
        pose[5] += a1 * b1;
        pose[6] += a1 * b2;
        pose[8] += a2 * b0;
        pose[9] += a2 * b1;
        pose[10] += a2 * b2;
    }
}

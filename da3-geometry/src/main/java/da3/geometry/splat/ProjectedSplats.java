package da3.geometry.splat;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.concurrent.Parallel;
import da3.geometry.math.SphericalHarmonics;
import da3.geometry.math.Vec3;

/**
 * Gaussians projected into the image of one camera: an ellipse, a color and a depth for each. Source: Zwicker et al.,
 * "EWA Volume Splatting", 2001, section 4; Kerbl et al., "3D Gaussian Splatting", 2023, section 4.
 */
final class ProjectedSplats {

    /** Minimum alpha of a Gaussian in a pixel; smaller contributions are omitted. */
    static final double ALPHA_CUT = 1.0 / 255;

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
    private final Vec3 center;
    private final int width;
    private final int height;
    private final double near;

    ProjectedSplats(GaussianCloud cloud, Camera camera, int width, int height, SplatOptions options) {
        int size = cloud.size();
        this.cloud = cloud;
        this.center = camera.pose().cameraCenter();
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
            EllipseProjection projection = new EllipseProjection(cloud, camera, width, height);
            double[] basis = new double[SphericalHarmonics.coefficients(cloud.degree())];
            for (int i = chunk * CHUNK; i < Math.min(size, (chunk + 1) * CHUNK); i++) {
                if (project(i, projection)) {
                    color(i, basis);
                }
            }
        });
    }

    /** Sets ellipse, box and depth of a Gaussian and returns whether it is visible. */
    private boolean project(int i, EllipseProjection p) {
        double reach = Math.log(cloud.opacities()[i] / ALPHA_CUT);
        p.setCenter(i);
        if (!(p.z >= near && p.z <= Float.MAX_VALUE && reach >= 0)) {
            return false;
        }
        p.setCovariance(i);
        double determinant = p.determinant();
        if (!(determinant > 0 && determinant <= Double.MAX_VALUE)) {
            return false;
        }
        ellipses[5 * i] = p.k.projectX(p.x, p.z);
        ellipses[5 * i + 1] = p.k.projectY(p.y, p.z);
        ellipses[5 * i + 2] = p.yy / determinant;
        ellipses[5 * i + 3] = -p.xy / determinant;
        ellipses[5 * i + 4] = p.xx / determinant;
        reaches[i] = reach;
        if (!box(i, Math.sqrt(2 * reach * p.xx), Math.sqrt(2 * reach * p.yy))) {
            return false;
        }
        depths[i] = (float) p.z;
        return true;
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

    /**
     * Returns half the squared distance from the center of an ellipse, in standard deviations.
     *
     * @param xx inverse covariance
     * @param dx from the center, in pixels
     */
    static double exponent(double xx, double xy, double yy, double dx, double dy) {
        return 0.5 * (xx * dx * dx + yy * dy * dy) + xy * dx * dy;
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

package da3.geometry.splat;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.Intrinsics;
import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A direct implementation of the rendering equations in double precision: every Gaussian at every pixel. */
final class SplatReference {

    /** The arrays of the cloud, which tests may change. */
    final double[] means;

    final double[] scales;
    final double[] rotations;
    final double[] harmonics;
    final double[] opacities;
    Camera camera;

    private final int degree;
    private final int width;
    private final int height;

    SplatReference(GaussianCloud cloud, Camera camera, int width, int height) {
        this.means = doubles(cloud.means());
        this.scales = doubles(cloud.scales());
        this.rotations = doubles(cloud.rotations());
        this.harmonics = doubles(cloud.harmonics());
        this.opacities = doubles(cloud.opacities());
        this.degree = cloud.degree();
        this.camera = camera;
        this.width = width;
        this.height = height;
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    private record Splat(double x, double y, double z, double[] inverse, double opacity, double[] rgb) {}

    /** Returns the image, (height, width, 5): red, green, blue, depth, alpha. */
    double[] render(double near, double[] background) {
        List<Splat> splats = IntStream.range(0, opacities.length)
                .filter(i -> camera.pose().transform(mean(i)).z() >= near)
                .mapToObj(this::splat)
                .sorted(Comparator.comparingDouble(Splat::z))
                .toList();
        double[] out = new double[5 * width * height];
        for (int p = 0; p < width * height; p++) {
            double open = 1;
            double depth = 0;
            for (Splat s : splats) {
                double dx = p % width + 0.5 - s.x;
                double dy = p / width + 0.5 - s.y;
                double power = s.inverse[0] * dx * dx + 2 * s.inverse[1] * dx * dy + s.inverse[2] * dy * dy;
                double alpha = Math.min(0.999, s.opacity * Math.exp(-power / 2));
                if (alpha < 1 / 255.0) {
                    continue;
                }
                if (open * (1 - alpha) <= 1e-4) {
                    break;
                }
                for (int c = 0; c < 3; c++) {
                    out[5 * p + c] += open * alpha * s.rgb[c];
                }
                depth += open * alpha * s.z;
                open *= 1 - alpha;
            }
            for (int c = 0; c < 3; c++) {
                out[5 * p + c] += open * background[c];
            }
            out[5 * p + 3] = open < 1 ? depth / (1 - open) : 0;
            out[5 * p + 4] = 1 - open;
        }
        return out;
    }

    private Vec3 mean(int i) {
        return new Vec3(means[3 * i], means[3 * i + 1], means[3 * i + 2]);
    }

    private Splat splat(int i) {
        Vec3 p = camera.pose().transform(mean(i));
        Intrinsics k = camera.intrinsics();
        double[] q = rotations;
        Mat3 turn = new Quaternion(q[4 * i + 1], q[4 * i + 2], q[4 * i + 3], q[4 * i]).toMatrix();
        double[] s = scales;
        Mat3 axes = turn.times(new Mat3(s[3 * i], 0, 0, 0, s[3 * i + 1], 0, 0, 0, s[3 * i + 2]));
        Mat3 inCamera = camera.pose().rotation().times(axes);
        Mat3 covariance = inCamera.times(inCamera.transpose());
        double tx = p.z() * clamp(p.x() / p.z(), k.cx(), width, k.fx());
        double ty = p.z() * clamp(p.y() / p.z(), k.cy(), height, k.fy());
        double zz = p.z() * p.z();
        Mat3 j = new Mat3(k.fx() / p.z(), 0, -k.fx() * tx / zz, 0, k.fy() / p.z(), -k.fy() * ty / zz, 0, 0, 0);
        Mat3 image = j.times(covariance).times(j.transpose());
        double a = image.m00() + 0.3;
        double b = image.m01();
        double c = image.m11() + 0.3;
        double det = a * c - b * b;
        return new Splat(
                k.fx() * p.x() / p.z() + k.cx(),
                k.fy() * p.y() / p.z() + k.cy(),
                p.z(),
                new double[] {c / det, -b / det, a / det},
                opacities[i],
                color(i, mean(i).minus(camera.pose().cameraCenter())));
    }

    private static double clamp(double slope, double principal, int size, double focal) {
        double margin = 0.15 * size / focal;
        return Math.min((size - principal) / focal + margin, Math.max(-principal / focal - margin, slope));
    }

    /** The constants are those that the literature of splatting prints. */
    private double[] color(int i, Vec3 towards) {
        Vec3 d = towards.times(1 / towards.norm());
        double[] basis = {
            0.28209479177387814,
            -0.4886025119029199 * d.y(),
            0.4886025119029199 * d.z(),
            -0.4886025119029199 * d.x(),
            1.0925484305920792 * d.x() * d.y(),
            -1.0925484305920792 * d.y() * d.z(),
            0.31539156525252005 * (2 * d.z() * d.z() - d.x() * d.x() - d.y() * d.y()),
            -1.0925484305920792 * d.x() * d.z(),
            0.5462742152960396 * (d.x() * d.x() - d.y() * d.y())
        };
        int n = (degree + 1) * (degree + 1);
        double[] rgb = new double[3];
        for (int c = 0; c < 3; c++) {
            double value = 0.5;
            for (int m = 0; m < n; m++) {
                value += basis[m] * harmonics[(3 * i + c) * n + m];
            }
            rgb[c] = Math.max(0, value);
        }
        return rgb;
    }
}

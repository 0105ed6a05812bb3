package da3.geometry;

import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Seeded random rotations, points and poses for tests, and distances between them. */
public final class RandomGeometry {

    private final Random random;

    public RandomGeometry(long seed) {
        random = new Random(seed);
    }

    public Vec3 point() {
        return new Vec3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
    }

    public Mat3 rotation() {
        return new Quaternion(
                        random.nextGaussian(), random.nextGaussian(), random.nextGaussian(), random.nextGaussian())
                .toMatrix();
    }

    public Pose pose() {
        return new Pose(rotation(), point());
    }

    public List<Pose> poses(int n) {
        return IntStream.range(0, n).mapToObj(i -> pose()).toList();
    }

    public static double distance(Mat3 a, Mat3 b) {
        double[] x = a.toArray();
        double[] y = b.toArray();
        return IntStream.range(0, 9)
                .mapToDouble(i -> Math.abs(x[i] - y[i]))
                .max()
                .orElseThrow();
    }

    public static double distance(Pose a, Pose b) {
        return Math.max(
                distance(a.rotation(), b.rotation()),
                a.translation().minus(b.translation()).norm());
    }

    public static double distance(Sim3 a, Sim3 b) {
        return Math.max(
                Math.abs(a.scale() - b.scale()),
                distance(new Pose(a.rotation(), a.translation()), new Pose(b.rotation(), b.translation())));
    }
}

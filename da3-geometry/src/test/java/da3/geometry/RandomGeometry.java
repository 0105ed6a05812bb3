package da3.geometry;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Seeded rotations, points and cameras for tests, and how far two of them are apart. */
final class RandomGeometry {

    private final Random random;

    RandomGeometry(long seed) {
        random = new Random(seed);
    }

    Vec3 point() {
        return new Vec3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
    }

    Mat3 rotation() {
        return new Quaternion(
                        random.nextGaussian(), random.nextGaussian(), random.nextGaussian(), random.nextGaussian())
                .toMatrix();
    }

    Pose pose() {
        return new Pose(rotation(), point());
    }

    List<Pose> poses(int n) {
        return IntStream.range(0, n).mapToObj(i -> pose()).toList();
    }

    static double distance(Mat3 a, Mat3 b) {
        double[] x = a.toArray();
        double[] y = b.toArray();
        return IntStream.range(0, 9)
                .mapToDouble(i -> Math.abs(x[i] - y[i]))
                .max()
                .orElseThrow();
    }

    static double distance(Pose a, Pose b) {
        return Math.max(
                distance(a.rotation(), b.rotation()),
                a.translation().minus(b.translation()).norm());
    }

    static double distance(Sim3 a, Sim3 b) {
        return Math.max(
                Math.abs(a.scale() - b.scale()),
                distance(new Pose(a.rotation(), a.translation()), new Pose(b.rotation(), b.translation())));
    }
}

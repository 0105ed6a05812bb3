package da3.train.objective;

import da3.geometry.concurrent.Parallel;
import da3.geometry.math.Vec3;
import java.util.stream.LongStream;

/**
 * The normal term: the mean over pixels of the sum of five angles, in radians, between predicted and true normals: the
 * mean normal and the four normals of {@link NeighborNormals}. The predicted surface is that of the aligned depth. A
 * pixel is valid if its four neighbors are valid too.
 */
final class NormalTerm {

    private final TeacherTruth truth;
    private final long centers;
    private final double gradientShare;

    NormalTerm(TeacherTruth truth, double weight, int threads) {
        this.truth = truth;
        long[] counts = new long[truth.images()];
        Parallel.forEach(counts.length, threads, image -> {
            for (int i = 1; i < truth.rows() - 1; i++) {
                for (int j = 1; j < truth.columns() - 1; j++) {
                    counts[image] += isValid(truth.mask(), image * truth.pixels() + i * truth.columns() + j) ? 1 : 0;
                }
            }
        });
        this.centers = LongStream.of(counts).sum();
        this.gradientShare = ValidCounts.share(weight, centers);
    }

    private boolean isValid(boolean[] mask, int pixel) {
        int columns = truth.columns();
        return mask[pixel] && mask[pixel - columns] && mask[pixel - 1] && mask[pixel + columns] && mask[pixel + 1];
    }

    /**
     * Returns the part of one image.
     *
     * @param alignment of the predicted depth, a constant for the gradient
     * @param depthGradient (rows, columns); the gradient with respect to the predicted depth is added to it
     */
    double add(ImageDepths image, RoeAlignment alignment, double[] depthGradient) {
        double[] aligned = new double[image.pixels()];
        for (int pixel = 0; pixel < aligned.length; pixel++) {
            aligned[pixel] = alignment.scale() * image.predicted()[pixel] + alignment.shift();
        }
        DepthPoints truePoints = image.points();
        DepthPoints points = new DepthPoints(image.k(), image.columns(), aligned);
        double sum = 0;
        for (int i = 1; i < image.rows() - 1; i++) {
            for (int j = 1; j < image.columns() - 1; j++) {
                if (isValid(image.mask(), i * image.columns() + j)) {
                    NeighborNormals expected = new NeighborNormals(truePoints, i, j);
                    NeighborNormals normals = new NeighborNormals(points, i, j);
                    sum += angles(normals, expected);
                    addGradient(points, i, j, normals, expected, alignment.scale(), depthGradient);
                }
            }
        }
        return ValidCounts.share(sum, centers);
    }

    private static double angles(NeighborNormals normals, NeighborNormals expected) {
        double sum = angle(normals.mean(), expected.mean());
        for (int n = 0; n < NeighborNormals.COUNT; n++) {
            sum += angle(normals.get(n), expected.get(n));
        }
        return sum;
    }

    private void addGradient(
            DepthPoints points,
            int row,
            int column,
            NeighborNormals normals,
            NeighborNormals expected,
            double scale,
            double[] depthGradient) {
        Vec3[] gradients = new Vec3[NeighborNormals.COUNT];
        for (int n = 0; n < gradients.length; n++) {
            gradients[n] = angleGradient(normals.get(n), expected.get(n));
        }
        Vec3 ofMean = angleGradient(normals.mean(), expected.mean());
        normals.addGradient(points, row, column, gradients, ofMean, gradientShare * scale, depthGradient);
    }

    private static double angle(Vec3 a, Vec3 b) {
        return Math.atan2(a.cross(b).norm(), a.dot(b));
    }

    /** Returns the gradient of the angle with respect to {@code a}, or zero where the angle is not differentiable. */
    private static Vec3 angleGradient(Vec3 a, Vec3 b) {
        Vec3 cross = a.cross(b);
        double sine = cross.norm();
        if (sine == 0) {
            return Vec3.ZERO;
        }
        Vec3 tangent = b.cross(cross).times(a.dot(b) / sine).minus(b.times(sine));
        return tangent.times(1 / (a.dot(a) * b.dot(b)));
    }
}

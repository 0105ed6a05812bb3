package da3.geometry.align;

import da3.geometry.Sim3;
import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;

/**
 * A tangent vector of the group of similarities: an element of the Lie algebra sim(3), with seven components in the
 * order translation, rotation, logarithm of the scale. Source: Strasdat, "Local Accuracy and Global Consistency for
 * Efficient Visual SLAM", 2012, section 2.4.
 *
 * @param translation the translational part, which is the translation itself only without rotation and scale
 * @param rotation axis times angle in radians
 * @param logScale natural logarithm of the scale
 */
public record Sim3Tangent(Vec3 translation, Vec3 rotation, double logScale) {

    public static final int DIMENSION = 7;

    /** Returns the vector whose {@link #exp} is a similarity with a positive scale; the angle is at most pi. */
    public static Sim3Tangent log(Sim3 similarity) {
        Vec3 rotation = rotationVector(similarity.rotation());
        double logScale = Math.log(similarity.scale());
        Vec3 translation = translationFactor(rotation, logScale).inverse().times(similarity.translation());
        return new Sim3Tangent(translation, rotation, logScale);
    }

    /** Returns the vector of seven components that start at {@code offset}. */
    public static Sim3Tangent of(double[] components, int offset) {
        return new Sim3Tangent(
                new Vec3(components[offset], components[offset + 1], components[offset + 2]),
                new Vec3(components[offset + 3], components[offset + 4], components[offset + 5]),
                components[offset + 6]);
    }

    /** Returns the seven components. */
    public double[] toArray() {
        return new double[] {
            translation.x(), translation.y(), translation.z(), rotation.x(), rotation.y(), rotation.z(), logScale
        };
    }

    /** Returns the sum of the components of this vector and another one. */
    public Sim3Tangent plus(Sim3Tangent o) {
        return new Sim3Tangent(translation.plus(o.translation), rotation.plus(o.rotation), logScale + o.logScale);
    }

    /** Returns the similarity of this vector. */
    public Sim3 exp() {
        return new Sim3(
                Math.exp(logScale),
                rotationMatrix(rotation),
                translationFactor(rotation, logScale).times(translation));
    }

    /**
     * Returns the 7x7 matrix J for which {@code exp(this + d)} is {@code exp(J d) exp(this)}, up to terms of second
     * order in {@code d}.
     */
    public double[][] leftJacobian() {
        double[][] bracket = new double[DIMENSION][DIMENSION];
        setBlock(bracket, 0, 0, generator(rotation, logScale));
        setBlock(bracket, 0, 3, skew(translation));
        setBlock(bracket, 3, 3, skew(rotation));
        setLastColumn(bracket, translation.times(-1), 0);
        return Series.of(bracket);
    }

    /**
     * Returns the 7x7 adjoint matrix A of a similarity S, for which {@code S exp(d)} is {@code exp(A d) S} for every
     * vector {@code d}.
     */
    public static double[][] adjoint(Sim3 similarity) {
        Mat3 r = similarity.rotation();
        double[][] adjoint = new double[DIMENSION][DIMENSION];
        setBlock(adjoint, 0, 0, r.times(similarity.scale()));
        setBlock(adjoint, 0, 3, skew(similarity.translation()).times(r));
        setBlock(adjoint, 3, 3, r);
        setLastColumn(adjoint, similarity.translation().times(-1), 1);
        return adjoint;
    }

    /** Returns the integral of {@code e^(u logScale) exp(u rotation)} over u from 0 to 1. */
    private static Mat3 translationFactor(Vec3 rotation, double logScale) {
        Mat3 g = generator(rotation, logScale);
        double[][] sum = Series.of(
                new double[][] {{g.m00(), g.m01(), g.m02()}, {g.m10(), g.m11(), g.m12()}, {g.m20(), g.m21(), g.m22()}});
        return new Mat3(
                sum[0][0], sum[0][1], sum[0][2], sum[1][0], sum[1][1], sum[1][2], sum[2][0], sum[2][1], sum[2][2]);
    }

    private static Mat3 generator(Vec3 rotation, double logScale) {
        Mat3 w = skew(rotation);
        return new Mat3(logScale, w.m01(), w.m02(), w.m10(), logScale, w.m12(), w.m20(), w.m21(), logScale);
    }

    /** Returns the matrix of the cross product with {@code v}. */
    private static Mat3 skew(Vec3 v) {
        return new Mat3(0, -v.z(), v.y(), v.z(), 0, -v.x(), -v.y(), v.x(), 0);
    }

    private static Mat3 rotationMatrix(Vec3 rotation) {
        double half = rotation.norm() / 2;
        double sinc = half == 0 ? 1 : Math.sin(half) / half;
        Vec3 v = rotation.times(sinc / 2);
        return new Quaternion(v.x(), v.y(), v.z(), Math.cos(half)).toMatrix();
    }

    private static Vec3 rotationVector(Mat3 rotation) {
        Quaternion q = Quaternion.ofMatrix(rotation);
        Vec3 v = new Vec3(q.x(), q.y(), q.z());
        double sine = v.norm(); // of half the angle
        return v.times(sine == 0 ? 2 : 2 * Math.atan2(sine, q.w()) / sine);
    }

    private static void setBlock(double[][] m, int row, int column, Mat3 block) {
        double[] values = block.toArray();
        for (int i = 0; i < 9; i++) {
            m[row + i / 3][column + i % 3] = values[i];
        }
    }

    private static void setLastColumn(double[][] m, Vec3 top, double corner) {
        m[0][6] = top.x();
        m[1][6] = top.y();
        m[2][6] = top.z();
        m[6][6] = corner;
    }

    /** The series {@code I + M / 2! + M^2 / 3! + ...} of a square matrix, which converges for every matrix. */
    private static final class Series {

        private static final double NEGLIGIBLE = 1e-18;

        static double[][] of(double[][] m) {
            int n = m.length;
            double[][] sum = new double[n][n];
            double[][] term = new double[n][n];
            for (int i = 0; i < n; i++) {
                term[i][i] = 1;
            }
            double largest = 1;
            for (int k = 2; largest > NEGLIGIBLE; k++) {
                double[][] next = new double[n][n];
                largest = 0;
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        sum[i][j] += term[i][j];
                        for (int l = 0; l < n; l++) {
                            next[i][j] += term[i][l] * m[l][j] / k;
                        }
                        largest = Math.max(largest, Math.abs(next[i][j]));
                    }
                }
                term = next;
            }
            return sum;
        }
    }
}

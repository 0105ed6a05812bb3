package da3.geometry.points;

import da3.geometry.PointCloud;
import da3.geometry.check.Check;
import da3.geometry.math.Vec3;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/** Point normals: the direction in which the neighbors of a point vary least. */
final class PointNormals {

    private PointNormals() {}

    /**
     * Returns unit normals, (points, 3), that face the cameras. Where neighbors are collinear, coincide, or are fewer
     * than three, the normal is the direction to the camera.
     *
     * @param neighbors number of nearest points, including the point itself, that a plane is fitted to; at least 3
     * @param eye camera center that point i was seen from
     */
    static float[] of(PointCloud cloud, int neighbors, IntFunction<Vec3> eye) {
        Check.atLeast("neighbors for normals", 3, neighbors);
        KdTree tree = new KdTree(cloud.positions());
        float[] p = cloud.positions();
        float[] normals = new float[p.length];
        IntStream.range(0, cloud.size()).parallel().forEach(i -> {
            Vec3 point = new Vec3(p[3 * i], p[3 * i + 1], p[3 * i + 2]);
            Vec3 towards = eye.apply(i).minus(point);
            Vec3 normal = normal(p, tree.nearest(point.x(), point.y(), point.z(), neighbors), towards);
            normals[3 * i] = (float) normal.x();
            normals[3 * i + 1] = (float) normal.y();
            normals[3 * i + 2] = (float) normal.z();
        });
        return normals;
    }

    private static Vec3 normal(float[] p, KdTree.Nearest nearest, Vec3 towards) {
        double[] mean = new double[3];
        for (int n = 0; n < nearest.size(); n++) {
            for (int c = 0; c < 3; c++) {
                mean[c] += p[3 * nearest.point(n) + c] / (double) nearest.size();
            }
        }
        double[][] spread = new double[3][3];
        for (int n = 0; n < nearest.size(); n++) {
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < 3; column++) {
                    spread[row][column] += (p[3 * nearest.point(n) + row] - mean[row])
                            * (p[3 * nearest.point(n) + column] - mean[column]);
                }
            }
        }
        // Eigenvalues are in descending order.
        EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(spread, false));
        boolean flat = eigen.getRealEigenvalue(1) > 1e-9 * eigen.getRealEigenvalue(0);
        if (!flat) {
            double distance = towards.norm();
            return distance > 0 ? towards.times(1 / distance) : new Vec3(0, 0, -1);
        }
        double[] v = eigen.getEigenvector(2).toArray();
        Vec3 normal = new Vec3(v[0], v[1], v[2]);
        return normal.times((normal.dot(towards) < 0 ? -1 : 1) / normal.norm());
    }
}

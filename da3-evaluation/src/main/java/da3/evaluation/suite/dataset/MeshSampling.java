package da3.evaluation.suite.dataset;

import da3.geometry.PointCloud;
import da3.io.PlySurface;
import java.util.Arrays;
import java.util.Random;

/** Points spread evenly over a mesh. */
final class MeshSampling {

    private MeshSampling() {}

    /**
     * Draws points, each triangle with a probability that is proportional to its area.
     *
     * @throws IllegalArgumentException if the mesh has no area
     */
    static PointCloud sample(PlySurface mesh, int points, long seed) {
        double[] cumulative = cumulativeAreas(mesh);
        double total = cumulative.length == 0 ? 0 : cumulative[cumulative.length - 1];
        if (!(total > 0 && total < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(mesh + " must have an area that is positive and finite, got " + total);
        }
        Random random = new Random(seed);
        float[] positions = new float[Math.multiplyExact(3, points)];
        byte[] colors = new byte[positions.length];
        for (int i = 0; i < points; i++) {
            int found = Arrays.binarySearch(cumulative, random.nextDouble() * total);
            int triangle = Math.min(cumulative.length - 1, found < 0 ? -found - 1 : found + 1);
            // the square root makes the density even over the triangle
            double side = Math.sqrt(random.nextDouble());
            double across = random.nextDouble();
            double[] weights = {1 - side, side * (1 - across), side * across};
            int heaviest = weights[0] >= weights[1] && weights[0] >= weights[2] ? 0 : weights[1] >= weights[2] ? 1 : 2;
            for (int axis = 0; axis < 3; axis++) {
                double sum = 0;
                for (int corner = 0; corner < 3; corner++) {
                    sum += weights[corner] * mesh.positions()[3 * mesh.triangles()[3 * triangle + corner] + axis];
                }
                positions[3 * i + axis] = (float) sum;
                colors[3 * i + axis] = mesh.colors()[3 * mesh.triangles()[3 * triangle + heaviest] + axis];
            }
        }
        return new PointCloud(positions, colors);
    }

    private static double[] cumulativeAreas(PlySurface mesh) {
        double[] areas = new double[mesh.triangleCount()];
        double sum = 0;
        for (int t = 0; t < areas.length; t++) {
            double[] u = edge(mesh, t, 1);
            double[] v = edge(mesh, t, 2);
            double x = u[1] * v[2] - u[2] * v[1];
            double y = u[2] * v[0] - u[0] * v[2];
            double z = u[0] * v[1] - u[1] * v[0];
            sum += Math.sqrt(x * x + y * y + z * z) / 2;
            areas[t] = sum;
        }
        return areas;
    }

    /** Returns the edge from the first corner of a triangle to another. */
    private static double[] edge(PlySurface mesh, int triangle, int corner) {
        int from = 3 * mesh.triangles()[3 * triangle];
        int to = 3 * mesh.triangles()[3 * triangle + corner];
        double[] edge = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            edge[axis] = (double) mesh.positions()[to + axis] - mesh.positions()[from + axis];
        }
        return edge;
    }
}

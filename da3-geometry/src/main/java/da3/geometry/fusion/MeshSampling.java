package da3.geometry.fusion;

import da3.geometry.TriangleMesh;
import da3.geometry.check.Check;
import java.util.SplittableRandom;

/**
 * Random points on a mesh, uniform over its area. Draws are stratified: each point has its own part of the area, all parts
 * equal.
 */
public final class MeshSampling {

    private MeshSampling() {}

    /**
     * Returns random points.
     *
     * @param mesh a mesh whose area is positive
     * @param count number of points, at least 1
     * @param seed seed of the random draws
     * @return (count, 3), in the order of the triangles
     * @throws IllegalArgumentException if the count or the area of the mesh is not positive
     */
    public static double[] uniform(TriangleMesh mesh, int count, long seed) {
        Check.positive("number of points", count);
        double area = Check.positive("area of the mesh", area(mesh));
        SplittableRandom random = new SplittableRandom(seed);
        double[] points = new double[3 * count];
        int triangle = 0;
        double before = 0; // area of the triangles before this one
        double own = area(mesh, 0);
        for (int i = 0; i < count; i++) {
            double targetArea = (i + random.nextDouble()) / count * area;
            while (before + own <= targetArea && triangle < mesh.triangleCount() - 1) {
                before += own;
                own = area(mesh, ++triangle);
            }
            place(mesh, triangle, random, points, 3 * i);
        }
        return points;
    }

    /** Returns the area of a mesh, the sum of the areas of its triangles. */
    public static double area(TriangleMesh mesh) {
        double area = 0;
        for (int triangle = 0; triangle < mesh.triangleCount(); triangle++) {
            area += area(mesh, triangle);
        }
        return area;
    }

    /** Sets a point that is uniform in a triangle (Osada et al., "Shape Distributions", 2002). */
    private static void place(TriangleMesh mesh, int triangle, SplittableRandom random, double[] points, int at) {
        double root = Math.sqrt(random.nextDouble());
        double b = root * (1 - random.nextDouble());
        double c = root - b;
        for (int axis = 0; axis < 3; axis++) {
            points[at + axis] = (1 - root) * corner(mesh, triangle, 0, axis)
                    + b * corner(mesh, triangle, 1, axis)
                    + c * corner(mesh, triangle, 2, axis);
        }
    }

    private static double area(TriangleMesh mesh, int triangle) {
        double[] u = new double[3];
        double[] v = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            u[axis] = corner(mesh, triangle, 1, axis) - corner(mesh, triangle, 0, axis);
            v[axis] = corner(mesh, triangle, 2, axis) - corner(mesh, triangle, 0, axis);
        }
        double x = u[1] * v[2] - u[2] * v[1];
        double y = u[2] * v[0] - u[0] * v[2];
        double z = u[0] * v[1] - u[1] * v[0];
        return Math.sqrt(x * x + y * y + z * z) / 2;
    }

    private static double corner(TriangleMesh mesh, int triangle, int corner, int axis) {
        return mesh.positions()[3 * mesh.triangles()[3 * triangle + corner] + axis];
    }
}

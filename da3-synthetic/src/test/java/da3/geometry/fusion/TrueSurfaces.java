package da3.geometry.fusion;

import da3.geometry.math.Vec3;
import da3.synthetic.Box;
import da3.synthetic.Cylinder;
import da3.synthetic.Parallelogram;
import da3.synthetic.Sphere;
import da3.synthetic.Surface;
import da3.synthetic.SyntheticScene;

/** Exact distances of points from the surfaces of a synthetic scene. */
record TrueSurfaces(SyntheticScene scene) {

    double distance(Vec3 point) {
        double nearest = Double.POSITIVE_INFINITY;
        for (Surface surface : scene.surfaces()) {
            nearest = Math.min(nearest, distance(surface, point));
        }
        return nearest;
    }

    private static double distance(Surface surface, Vec3 point) {
        if (surface instanceof Sphere sphere) {
            return Math.abs(point.minus(sphere.center()).norm() - sphere.radius());
        }
        if (surface instanceof Cylinder cylinder) {
            Vec3 axis = cylinder.top().minus(cylinder.bottom());
            double along = point.minus(cylinder.bottom()).dot(axis) / axis.norm();
            double across = point.minus(cylinder.bottom())
                    .minus(axis.times(along / axis.norm()))
                    .norm();
            return Math.abs(corner(across - cylinder.radius(), Math.abs(along - axis.norm() / 2) - axis.norm() / 2));
        }
        if (surface instanceof Box box) {
            Vec3 p = point.minus(box.center());
            double cos = Math.cos(box.yaw());
            double sin = Math.sin(box.yaw());
            double x = Math.abs(cos * p.x() - sin * p.z()) - box.size().x() / 2;
            double y = Math.abs(p.y()) - box.size().y() / 2;
            double z = Math.abs(cos * p.z() + sin * p.x()) - box.size().z() / 2;
            return Math.abs(corner(corner(x, y), z));
        }
        return distance((Parallelogram) surface, point);
    }

    /** Distance from a parallelogram, which must be a rectangle. */
    private static double distance(Parallelogram plane, Vec3 point) {
        Vec3 p = point.minus(plane.corner());
        double u = p.dot(plane.u()) / plane.u().dot(plane.u());
        double v = p.dot(plane.v()) / plane.v().dot(plane.v());
        Vec3 nearest =
                plane.u().times(Math.min(1, Math.max(0, u))).plus(plane.v().times(Math.min(1, Math.max(0, v))));
        return p.minus(nearest).norm();
    }

    /** Combines signed distances from two perpendicular planes to that from the intersection of their half-spaces. */
    private static double corner(double a, double b) {
        return a > 0 && b > 0 ? Math.hypot(a, b) : Math.max(a, b);
    }
}

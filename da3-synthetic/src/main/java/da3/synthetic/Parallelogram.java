package da3.synthetic;

import da3.geometry.check.Check;
import da3.geometry.math.Vec3;

/**
 * A parallelogram, usually a rectangle. Texture coordinate x is along {@code u}, y perpendicular to it in the plane.
 *
 * @param corner common start of both edges
 * @param u one edge
 * @param v the other edge; the normal points along u x v
 */
public record Parallelogram(Vec3 corner, Vec3 u, Vec3 v, Texture texture) implements Surface {

    public Parallelogram {
        Check.positive("area of a parallelogram", u.cross(v).norm());
    }

    /** Returns a horizontal rectangle that faces up, with sizes along x and z. */
    public static Parallelogram level(Vec3 center, double width, double depth, Texture texture) {
        return new Parallelogram(
                center.plus(new Vec3(-width / 2, 0, depth / 2)),
                new Vec3(width, 0, 0),
                new Vec3(0, 0, -depth),
                texture);
    }

    @Override
    public double intersect(Ray ray, double from) {
        Vec3 n = u.cross(v);
        double t = corner.minus(ray.origin()).dot(n) / ray.direction().dot(n);
        if (!(t > from) || !Double.isFinite(t)) {
            return Double.POSITIVE_INFINITY;
        }
        Vec3 p = ray.at(t).minus(corner);
        double area = n.dot(n);
        double alongU = p.cross(v).dot(n) / area;
        double alongV = u.cross(p).dot(n) / area;
        boolean inside = alongU >= 0 && alongU <= 1 && alongV >= 0 && alongV <= 1;
        return inside ? t : Double.POSITIVE_INFINITY;
    }

    @Override
    public Vec3 normal(Vec3 point) {
        return Vectors.unit(u.cross(v));
    }

    @Override
    public Vec3 coordinates(Vec3 point) {
        Vec3 p = point.minus(corner);
        Vec3 x = Vectors.unit(u);
        return new Vec3(p.dot(x), p.dot(normal(point).cross(x)), 0);
    }

    @Override
    public Vec3 min() {
        return corner.plus(Vectors.min(Vec3.ZERO, u)).plus(Vectors.min(Vec3.ZERO, v));
    }

    @Override
    public Vec3 max() {
        return corner.plus(Vectors.max(Vec3.ZERO, u)).plus(Vectors.max(Vec3.ZERO, v));
    }
}

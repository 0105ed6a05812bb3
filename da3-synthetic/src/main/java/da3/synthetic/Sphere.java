package da3.synthetic;

import da3.geometry.check.Check;
import da3.geometry.math.Vec3;

/** A sphere with a three-dimensional texture. */
public record Sphere(Vec3 center, double radius, Texture texture) implements Surface {

    public Sphere {
        Check.positive("radius of a sphere", radius);
    }

    @Override
    public double intersect(Ray ray, double from) {
        Vec3 d = ray.direction();
        Vec3 toCenter = center.minus(ray.origin());
        double squared = d.dot(d);
        double nearest = toCenter.dot(d) / squared;
        Vec3 off = toCenter.minus(d.times(nearest));
        double half = (radius * radius - off.dot(off)) / squared;
        if (half < 0) {
            return Double.POSITIVE_INFINITY;
        }
        double root = Math.sqrt(half);
        if (nearest - root > from) {
            return nearest - root;
        }
        return nearest + root > from ? nearest + root : Double.POSITIVE_INFINITY;
    }

    @Override
    public Vec3 normal(Vec3 point) {
        return Vectors.unit(point.minus(center));
    }

    @Override
    public Vec3 coordinates(Vec3 point) {
        return point.minus(center);
    }

    @Override
    public Vec3 min() {
        return center.minus(new Vec3(radius, radius, radius));
    }

    @Override
    public Vec3 max() {
        return center.plus(new Vec3(radius, radius, radius));
    }
}

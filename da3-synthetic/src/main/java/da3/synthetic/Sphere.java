package da3.synthetic;

import da3.geometry.math.Vec3;

/** A sphere; textures are solid: it is carved out of them. */
public record Sphere(Vec3 middle, double radius, Texture texture) implements Surface {

    public Sphere {
        Vectors.requirePositive("radius of a sphere", radius);
    }

    @Override
    public double intersect(Ray ray, double from) {
        Vec3 d = ray.direction();
        Vec3 toMiddle = middle.minus(ray.origin());
        double squared = d.dot(d);
        double nearest = toMiddle.dot(d) / squared;
        Vec3 off = toMiddle.minus(d.times(nearest));
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
        return Vectors.unit(point.minus(middle));
    }

    @Override
    public Vec3 coordinates(Vec3 point) {
        return point.minus(middle);
    }

    @Override
    public Vec3 least() {
        return middle.minus(new Vec3(radius, radius, radius));
    }

    @Override
    public Vec3 greatest() {
        return middle.plus(new Vec3(radius, radius, radius));
    }
}

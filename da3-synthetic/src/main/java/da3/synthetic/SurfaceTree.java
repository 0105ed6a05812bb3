package da3.synthetic;

import da3.geometry.math.Vec3;
import java.util.Comparator;
import java.util.List;

/** A bounding volume hierarchy of surfaces; each node is split in half along its longest axis. */
final class SurfaceTree {

    /** Extends the bounds, because those of flat surfaces have no thickness and rounding could miss them. */
    private static final double PADDING = 1e-6;

    /**
     * An intersection of a ray with a surface.
     *
     * @param t in lengths of the direction of the ray
     */
    record Hit(Surface surface, double t) {}

    private record Node(Vec3 min, Vec3 max, Surface surface, Node left, Node right) {}

    private final Node root;

    SurfaceTree(List<Surface> surfaces) {
        this.root = surfaces.isEmpty() ? null : node(surfaces);
    }

    private static Node node(List<Surface> surfaces) {
        Vec3 pad = new Vec3(PADDING, PADDING, PADDING);
        Vec3 min = surfaces.stream()
                .map(Surface::min)
                .reduce(Vectors::min)
                .orElseThrow()
                .minus(pad);
        Vec3 max = surfaces.stream()
                .map(Surface::max)
                .reduce(Vectors::max)
                .orElseThrow()
                .plus(pad);
        if (surfaces.size() == 1) {
            return new Node(min, max, surfaces.get(0), null, null);
        }
        Vec3 size = max.minus(min);
        int axis = size.x() >= size.y() && size.x() >= size.z() ? 0 : size.y() >= size.z() ? 1 : 2;
        List<Surface> sorted = surfaces.stream()
                .sorted(Comparator.comparingDouble(
                        s -> Vectors.component(s.min().plus(s.max()), axis)))
                .toList();
        int half = sorted.size() / 2;
        return new Node(min, max, null, node(sorted.subList(0, half)), node(sorted.subList(half, sorted.size())));
    }

    /** Returns the first intersection of a ray beyond {@code from}, or null if there is none. */
    Hit nearest(Ray ray, double from) {
        return nearest(root, ray, inverse(ray.direction()), from, null);
    }

    private static Hit nearest(Node node, Ray ray, Vec3 inverse, double from, Hit best) {
        double to = best == null ? Double.POSITIVE_INFINITY : best.t;
        if (node == null || misses(node, ray.origin(), inverse, from, to)) {
            return best;
        }
        if (node.surface != null) {
            double t = node.surface.intersect(ray, from);
            return t < to ? new Hit(node.surface, t) : best;
        }
        return nearest(node.right, ray, inverse, from, nearest(node.left, ray, inverse, from, best));
    }

    /** Returns whether a surface that does not glow intersects a ray between {@code from} and {@code to}. */
    boolean blocks(Ray ray, double from, double to) {
        return blocks(root, ray, inverse(ray.direction()), from, to);
    }

    private static boolean blocks(Node node, Ray ray, Vec3 inverse, double from, double to) {
        if (node == null || misses(node, ray.origin(), inverse, from, to)) {
            return false;
        }
        if (node.surface != null) {
            return !node.surface.texture().glows() && node.surface.intersect(ray, from) < to;
        }
        return blocks(node.left, ray, inverse, from, to) || blocks(node.right, ray, inverse, from, to);
    }

    private static Vec3 inverse(Vec3 direction) {
        return new Vec3(1 / direction.x(), 1 / direction.y(), 1 / direction.z());
    }

    private static boolean misses(Node node, Vec3 o, Vec3 inverse, double from, double to) {
        double enter = from;
        double leave = to;
        double a = (node.min.x() - o.x()) * inverse.x();
        double b = (node.max.x() - o.x()) * inverse.x();
        enter = Math.max(enter, Math.min(a, b));
        leave = Math.min(leave, Math.max(a, b));
        a = (node.min.y() - o.y()) * inverse.y();
        b = (node.max.y() - o.y()) * inverse.y();
        enter = Math.max(enter, Math.min(a, b));
        leave = Math.min(leave, Math.max(a, b));
        a = (node.min.z() - o.z()) * inverse.z();
        b = (node.max.z() - o.z()) * inverse.z();
        enter = Math.max(enter, Math.min(a, b));
        leave = Math.min(leave, Math.max(a, b));
        // For a ray within a face of the bounds, 0 times infinity is NaN, which must not count as a miss.
        return enter > leave;
    }
}

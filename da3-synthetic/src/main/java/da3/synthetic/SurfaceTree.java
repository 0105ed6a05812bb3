package da3.synthetic;

import da3.geometry.math.Vec3;
import java.util.Comparator;
import java.util.List;

/** Surfaces by where they are, so that a ray looks at few of them: boxes in boxes, each halved along its longest side. */
final class SurfaceTree {

    /** Bounds of flat pieces have no thickness, and rounding must not lose them. */
    private static final double PADDING = 1e-6;

    /**
     * Where a ray met something.
     *
     * @param t in lengths of the ray's direction
     */
    record Hit(Surface surface, double t) {}

    private record Node(Vec3 least, Vec3 greatest, Surface surface, Node left, Node right) {}

    private final Node root;

    SurfaceTree(List<Surface> surfaces) {
        this.root = surfaces.isEmpty() ? null : node(surfaces);
    }

    private static Node node(List<Surface> surfaces) {
        Vec3 pad = new Vec3(PADDING, PADDING, PADDING);
        Vec3 least = surfaces.stream()
                .map(Surface::least)
                .reduce(Vectors::least)
                .orElseThrow()
                .minus(pad);
        Vec3 greatest = surfaces.stream()
                .map(Surface::greatest)
                .reduce(Vectors::greatest)
                .orElseThrow()
                .plus(pad);
        if (surfaces.size() == 1) {
            return new Node(least, greatest, surfaces.get(0), null, null);
        }
        Vec3 size = greatest.minus(least);
        int axis = size.x() >= size.y() && size.x() >= size.z() ? 0 : size.y() >= size.z() ? 1 : 2;
        List<Surface> sorted = surfaces.stream()
                .sorted(Comparator.comparingDouble(
                        s -> Vectors.component(s.least().plus(s.greatest()), axis)))
                .toList();
        int half = sorted.size() / 2;
        return new Node(
                least, greatest, null, node(sorted.subList(0, half)), node(sorted.subList(half, sorted.size())));
    }

    /** The first surface on a ray's way above {@code from}, or null where there is none. */
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

    /** Whether anything stands between {@code from} and {@code to}. */
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
        double a = (node.least.x() - o.x()) * inverse.x();
        double b = (node.greatest.x() - o.x()) * inverse.x();
        enter = Math.max(enter, Math.min(a, b));
        leave = Math.min(leave, Math.max(a, b));
        a = (node.least.y() - o.y()) * inverse.y();
        b = (node.greatest.y() - o.y()) * inverse.y();
        enter = Math.max(enter, Math.min(a, b));
        leave = Math.min(leave, Math.max(a, b));
        a = (node.least.z() - o.z()) * inverse.z();
        b = (node.greatest.z() - o.z()) * inverse.z();
        enter = Math.max(enter, Math.min(a, b));
        leave = Math.min(leave, Math.max(a, b));
        // Zero times infinity is not a number: a ray within a face of the bounds, which must not be lost.
        return enter > leave;
    }
}

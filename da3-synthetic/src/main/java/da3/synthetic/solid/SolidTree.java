package da3.synthetic.solid;

import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A bounding volume hierarchy of solids, stored in the order in which rays visit nodes; a missed node is skipped with
 * all its descendants.
 */
final class SolidTree {

    private static final double PADDING = 1e-9;

    private final SolidShapes shapes;
    private final double[] bounds; // (nodes, 6): min, max
    private final int[] after; // (nodes): the next node if this one is missed
    private final int[] solids; // (nodes): the solid of a leaf, -1 for an inner node

    SolidTree(List<Solid> all) {
        shapes = new SolidShapes(all);
        int nodes = Math.max(0, 2 * all.size() - 1);
        bounds = new double[6 * nodes];
        after = new int[nodes];
        solids = new int[nodes];
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            indices.add(i);
        }
        if (!indices.isEmpty()) {
            build(all, indices, 0);
        }
    }

    private int build(List<Solid> all, List<Integer> members, int node) {
        double[] box = {1e300, 1e300, 1e300, -1e300, -1e300, -1e300};
        for (int i : members) {
            Vec3 middle = all.get(i).center();
            Vec3 extent = all.get(i).extent();
            for (int axis = 0; axis < 3; axis++) {
                double reach = component(extent, axis) * (1 + PADDING) + PADDING;
                box[axis] = Math.min(box[axis], component(middle, axis) - reach);
                box[3 + axis] = Math.max(box[3 + axis], component(middle, axis) + reach);
            }
        }
        System.arraycopy(box, 0, bounds, 6 * node, 6);
        if (members.size() == 1) {
            solids[node] = members.get(0);
            return after[node] = node + 1;
        }
        solids[node] = -1;
        double[] size = {box[3] - box[0], box[4] - box[1], box[5] - box[2]};
        int axis = size[0] >= size[1] && size[0] >= size[2] ? 0 : size[1] >= size[2] ? 1 : 2;
        List<Integer> sorted = new ArrayList<>(members);
        sorted.sort(Comparator.comparingDouble(i -> component(all.get(i).center(), axis)));
        int half = sorted.size() / 2;
        int right = build(all, sorted.subList(0, half), node + 1);
        return after[node] = build(all, sorted.subList(half, sorted.size()), right);
    }

    private static double component(Vec3 v, int axis) {
        return axis == 0 ? v.x() : axis == 1 ? v.y() : v.z();
    }

    SolidShapes shapes() {
        return shapes;
    }

    /**
     * Sets solid and distance of the nearest intersection.
     *
     * @param guess a solid to test first, since an early hit saves tests of solids behind it; -1 for none
     */
    void nearest(double ox, double oy, double oz, double dx, double dy, double dz, int guess, Hit hit) {
        double ix = 1 / dx;
        double iy = 1 / dy;
        double iz = 1 / dz;
        double best = Double.POSITIVE_INFINITY;
        int found = -1;
        if (guess >= 0) {
            best = shapes.intersect(guess, ox, oy, oz, dx, dy, dz);
            found = best < Double.POSITIVE_INFINITY ? guess : -1;
        }
        int node = 0;
        while (node < after.length) {
            if (misses(node, ox, oy, oz, ix, iy, iz, best)) {
                node = after[node];
                continue;
            }
            int solid = solids[node];
            if (solid >= 0 && solid != guess) {
                double t = shapes.intersect(solid, ox, oy, oz, dx, dy, dz);
                if (t < best) {
                    best = t;
                    found = solid;
                }
            }
            node++;
        }
        hit.t = best;
        hit.solid = found;
    }

    /**
     * Returns a solid that intersects the ray before {@code to}, or -1.
     *
     * @param guess a solid to test first; -1 for none
     */
    int blocker(double ox, double oy, double oz, double dx, double dy, double dz, double to, int guess) {
        if (guess >= 0 && shapes.intersect(guess, ox, oy, oz, dx, dy, dz) < to) {
            return guess;
        }
        double ix = 1 / dx;
        double iy = 1 / dy;
        double iz = 1 / dz;
        int node = 0;
        while (node < after.length) {
            if (misses(node, ox, oy, oz, ix, iy, iz, to)) {
                node = after[node];
                continue;
            }
            int solid = solids[node];
            if (solid >= 0 && solid != guess && shapes.intersect(solid, ox, oy, oz, dx, dy, dz) < to) {
                return solid;
            }
            node++;
        }
        return -1;
    }

    /**
     * Returns whether a ray misses a node. For a ray within a face of the bounds, 0 times infinity is NaN, which counts
     * as no miss.
     */
    private boolean misses(int node, double ox, double oy, double oz, double ix, double iy, double iz, double to) {
        int b = 6 * node;
        double x0 = (bounds[b] - ox) * ix;
        double x1 = (bounds[b + 3] - ox) * ix;
        double y0 = (bounds[b + 1] - oy) * iy;
        double y1 = (bounds[b + 4] - oy) * iy;
        double z0 = (bounds[b + 2] - oz) * iz;
        double z1 = (bounds[b + 5] - oz) * iz;
        double enter = Math.max(Math.max(Math.min(x0, x1), Math.min(y0, y1)), Math.max(Math.min(z0, z1), 0));
        double leave = Math.min(Math.min(Math.max(x0, x1), Math.max(y0, y1)), Math.min(Math.max(z0, z1), to));
        return enter > leave;
    }
}

package da3.geometry;

import da3.geometry.check.Check;
import java.util.Optional;
import java.util.Random;

/**
 * Points with colors.
 *
 * @param positions (points, 3), world coordinates
 * @param colors (points, 3), sRGB
 * @param normals (points, 3), unit length, toward the camera; absent unless requested
 * @param confidences (points); absent for models without confidence
 */
public record PointCloud(float[] positions, byte[] colors, Optional<float[]> normals, Optional<float[]> confidences) {

    /** @throws IllegalArgumentException if the lengths of the arrays do not match */
    public PointCloud {
        boolean consistent = positions.length % 3 == 0
                && colors.length == positions.length
                && normals.map(n -> n.length).orElse(positions.length) == positions.length
                && confidences.map(c -> 3L * c.length).orElse((long) positions.length) == positions.length;
        if (!consistent) {
            throw Check.invalid(
                    "arrays of a point cloud",
                    "3 coordinates, 3 color channels, 3 normal coordinates and 1 confidence for each point",
                    positions.length + " coordinates, " + colors.length + " channels, "
                            + normals.map(n -> n.length + "").orElse("no") + " normal coordinates and "
                            + confidences.map(c -> c.length + "").orElse("no") + " confidences");
        }
    }

    /** Creates a cloud without normals and confidences. */
    public PointCloud(float[] positions, byte[] colors) {
        this(positions, colors, Optional.empty(), Optional.empty());
    }

    public int size() {
        return positions.length / 3;
    }

    public PointCloud withNormals(float[] newNormals) {
        return new PointCloud(positions, colors, Optional.of(newNormals), confidences);
    }

    /** Returns the points with these indices, in the order of the indices. */
    public PointCloud select(int[] indices) {
        byte[] rgb = new byte[3 * indices.length];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(colors, 3 * indices[i], rgb, 3 * i, 3);
        }
        return new PointCloud(
                selected(positions, 3, indices),
                rgb,
                normals.map(n -> selected(n, 3, indices)),
                confidences.map(c -> selected(c, 1, indices)));
    }

    private static float[] selected(float[] values, int each, int[] indices) {
        float[] selected = new float[each * indices.length];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(values, each * indices[i], selected, each * i, each);
        }
        return selected;
    }

    /**
     * Returns the indices of all points if there are at most {@code maxPoints}, otherwise of a random choice;
     * ascending.
     */
    static int[] sampleIndices(int size, int maxPoints, long seed) {
        int[] chosen = new int[Math.min(size, maxPoints)];
        Random random = new Random(seed);
        int count = 0;
        for (int i = 0; i < size && count < chosen.length; i++) {
            // All choices of this size are equally likely (Knuth's algorithm S).
            if (size <= maxPoints || random.nextInt(size - i) < chosen.length - count) {
                chosen[count++] = i;
            }
        }
        return chosen;
    }

    /**
     * Returns this cloud if it has at most {@code maxPoints} points, otherwise a random choice of them in the same
     * order.
     *
     * @throws IllegalArgumentException if {@code maxPoints} is negative
     */
    public PointCloud atMost(int maxPoints, long seed) {
        Check.atLeast("maximum number of points", 0, maxPoints);
        return size() <= maxPoints ? this : select(sampleIndices(size(), maxPoints, seed));
    }

    @Override
    public String toString() {
        return "PointCloud[" + size() + "]";
    }
}

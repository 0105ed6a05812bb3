package da3.geometry;

import java.util.Optional;
import java.util.Random;

/**
 * Points with colors.
 *
 * @param positions (points, 3), world coordinates
 * @param colors (points, 3), sRGB
 * @param normals (points, 3), unit length, towards the camera; absent if not asked for
 * @param confidences (points); absent for models that have none
 */
public record PointCloud(float[] positions, byte[] colors, Optional<float[]> normals, Optional<float[]> confidences) {

    /** @throws IllegalArgumentException if the arrays do not go together */
    public PointCloud {
        boolean alike = positions.length % 3 == 0
                && colors.length == positions.length
                && normals.map(n -> n.length).orElse(positions.length) == positions.length
                && confidences.map(c -> 3L * c.length).orElse((long) positions.length) == positions.length;
        if (!alike) {
            throw new IllegalArgumentException(positions.length + " coordinates, " + colors.length + " channels, "
                    + normals.map(n -> n.length + " of normals").orElse("no normals") + " and "
                    + confidences.map(c -> c.length + " confidences").orElse("no confidences")
                    + "; legal: three, three, three and one a point");
        }
    }

    /** Without normals and confidences. */
    public PointCloud(float[] positions, byte[] colors) {
        this(positions, colors, Optional.empty(), Optional.empty());
    }

    public int size() {
        return positions.length / 3;
    }

    public PointCloud withNormals(float[] newNormals) {
        return new PointCloud(positions, colors, Optional.of(newNormals), confidences);
    }

    /** The points with these indices, in their order. */
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

    /** The indices of these points, or of more than {@code most} a random choice of so many, ascending. */
    static int[] chosen(int size, int most, long seed) {
        int[] chosen = new int[Math.min(size, most)];
        Random random = new Random(seed);
        int count = 0;
        for (int i = 0; i < size && count < chosen.length; i++) {
            // Each choice of so many is as likely as any other (Knuth's algorithm S).
            if (size <= most || random.nextInt(size - i) < chosen.length - count) {
                chosen[count++] = i;
            }
        }
        return chosen;
    }

    /**
     * These points, or of more than {@code most} a random choice of so many, in the same order.
     *
     * @throws IllegalArgumentException if {@code most} is negative
     */
    public PointCloud atMost(int most, long seed) {
        if (most < 0) {
            throw new IllegalArgumentException("most points is " + most + "; legal: from 0");
        }
        return size() <= most ? this : select(chosen(size(), most, seed));
    }

    @Override
    public String toString() {
        return "PointCloud[" + size() + "]";
    }
}

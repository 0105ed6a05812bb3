package da3.geometry.points;

import da3.geometry.PointCloud;
import java.util.Optional;

/** A point cloud reduced to the mean of the points in each voxel. Voxels are ordered by their first points. */
final class VoxelGrid {

    private final PointCloud means;
    private final int[] firsts;

    private VoxelGrid(PointCloud means, int[] firsts) {
        this.means = means;
        this.firsts = firsts;
    }

    /**
     * Reduces a cloud.
     *
     * @param size side of a voxel, positive
     * @throws IllegalArgumentException if the size is not positive, or too small for the distance of a point from the
     *     origin
     */
    static VoxelGrid of(PointCloud cloud, double size) {
        float[] p = cloud.positions();
        VoxelCells cells = VoxelCells.of(cloud.size(), i -> p[i], size);
        double[] colors = cells.means(3, i -> cloud.colors()[i] & 0xff);
        byte[] rgb = new byte[3 * cells.count()];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) Math.round(colors[i]);
        }
        Optional<float[]> confidences = cloud.confidences().map(c -> floats(cells.means(1, i -> c[i])));
        // No normals: a mean of normals is not the normal of the mean.
        PointCloud means = new PointCloud(floats(cells.means(3, i -> p[i])), rgb, Optional.empty(), confidences);
        return new VoxelGrid(means, cells.firsts());
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /** Returns one point for each voxel, without normals. */
    PointCloud means() {
        return means;
    }

    /** Returns the index of the first point in each voxel. */
    int[] firsts() {
        return firsts.clone();
    }
}

package da3.geometry.fusion;

import da3.geometry.Scene;
import da3.geometry.TriangleMesh;
import da3.geometry.View;
import da3.geometry.concurrent.Interrupts;
import da3.geometry.concurrent.Parallel;
import da3.geometry.points.PointFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A truncated signed distance field of what views have seen: positive before surfaces, negative behind, weighted means of
 * all views, in the world's coordinates and unit. Only blocks near surfaces exist; each has 8x8x8 voxels and takes
 * {@value #BYTES_PER_BLOCK} bytes, and each view's pixels 21 bytes each. The bytes do not depend on the number of threads. Not to be used by two threads at a
 * time.
 *
 * <p>How near meshes come to made-up places of known shape: in pairs, with an edge trust of 1 and no witness, and with the
 * defaults. Errors are of vertices, in voxels; completeness and F1 within one voxel.
 *
 * <pre>
 *                                     mean error    95 %          worst       within 0.5     complete      F1
 * room, 6 views 168x126, 4 cm         0.047 0.027   0.254 0.172   2.5  1.3    0.983 0.999    0.982 0.979   0.989 0.989
 * room, 12 views 378x280, 2 cm        0.027 0.019   0.189 0.136   3.1  1.5    0.994 0.999    0.988 0.989   0.993 0.994
 * sphere, 24 views 96x96, 4 cm        0.027 0.016   0.057 0.037   0.1  0.1    1     1        1     1       1     1
 * poles and fence, 6 views, 4 cm      0.115 0.024   0.582 0.188   3.0  1.4    0.948 0.997    0.958 0.946   0.959 0.972
 * first room, 1 % noise, 5 cm         0.313 0.282   0.700 0.611   4.5  3.5    0.899 0.919    0.976 0.972   0.975 0.977
 * second room, 0.5 % noise, 2 cm      0.287 0.254   0.645 0.569   4.5  4.5    0.914 0.931    0.990 0.989   0.983 0.987
 * sphere, 0.5 % noise, 4 cm           0.067 0.065   0.167 0.163   0.3  0.3    1     1        1     1       1     1
 * poles and fence, 0.3 % noise, 4 cm  0.175 0.081   0.812 0.252   4.2  1.9    0.936 0.991    0.960 0.949   0.958 0.973
 * </pre>
 */
public final class TsdfVolume {

    /** 24 bytes a voxel (distance, weight, color and its weight), 512 of them, and what finds the block. */
    public static final int BYTES_PER_BLOCK = VoxelBlocks.BYTES_PER_BLOCK;

    private final TsdfOptions options;
    private final List<SurfacePixels> seen = new ArrayList<>();
    private final VoxelBlocks blocks = new VoxelBlocks();

    /** Of nothing yet. */
    public TsdfVolume(TsdfOptions options) {
        this.options = options;
    }

    /**
     * All views of a scene. Percentiles of confidence are of all views together. Blocks are made before the first view
     * is looked at, so that each view carves what any other put there.
     *
     * @throws IllegalArgumentException if the scene is empty, or a view has no camera, no proper one, or maps that differ
     *     in size
     * @throws IllegalStateException if the blocks take more than {@link TsdfOptions#maxBytes} or three quarters of the
     *     free heap; the message gives a voxel size that fits
     * @throws java.util.concurrent.CancellationException if the thread is interrupted, which is looked at before each view
     */
    public static TsdfVolume fuse(Scene scene, TsdfOptions options) {
        if (scene.views().isEmpty()) {
            throw new IllegalArgumentException("scene has no views; legal: at least 1");
        }
        PointFilter filter = PointFilter.of(scene, options.filter());
        List<SurfacePixels> views = new ArrayList<>();
        for (int v = 0; v < scene.views().size(); v++) {
            Interrupts.requireNone("fusion");
            int view = v;
            views.add(SurfacePixels.of(scene.view(v), "view " + v, i -> filter.keeps(view, i), options));
        }
        TsdfVolume volume = new TsdfVolume(options);
        for (long key : MemoryBound.plan(views, options)) {
            volume.blocks.allocate(key);
        }
        for (SurfacePixels view : views) {
            Interrupts.requireNone("fusion");
            volume.update(view);
        }
        return volume;
    }

    /**
     * One more view. Percentiles of confidence are of this view alone, and what later views put behind it is not carved
     * by it.
     *
     * @return this
     * @throws IllegalArgumentException if the view has no camera, no proper one, or maps that differ in size
     * @throws IllegalStateException if its blocks and those there are take too much memory; nothing has changed then, and
     *     the message gives a voxel size with which about as much fits
     */
    public TsdfVolume integrate(View view) {
        PointFilter filter = PointFilter.of(new Scene(List.of(view), Optional.empty(), true), options.filter());
        SurfacePixels pixels = SurfacePixels.of(view, "the view", i -> filter.keeps(0, i), options);
        int limit = MemoryBound.blocksLeft(options, blocks.count());
        BlockKeys added = new BlockKeys();
        int most = blocks.count() + limit;
        TouchedBlocks.offer(pixels, options.truncation(), options.voxelSize(), options.threads(), most, key -> {
            if (blocks.keys().find(key) < 0) {
                added.add(key);
            }
            return true;
        });
        if (added.size() > limit) {
            // Surfaces: twice the size is a quarter of the blocks.
            double ratio = ((double) blocks.count() + added.size()) / Math.max(1, blocks.count() + limit);
            throw MemoryBound.refusal(
                    "volume with one more view",
                    options,
                    (long) blocks.count() + limit,
                    options.voxelSize() * 1.2 * Math.sqrt(ratio));
        }
        for (long key : added.sorted()) {
            blocks.allocate(key);
        }
        update(pixels);
        return this;
    }

    private void update(SurfacePixels pixels) {
        seen.add(pixels);
        BlockUpdate update = new BlockUpdate(pixels, options, blocks);
        Parallel.forEach(blocks.count(), options.threads(), update::update);
    }

    public TsdfOptions options() {
        return options;
    }

    public int blockCount() {
        return blocks.count();
    }

    /** What the voxels take. */
    public long bytes() {
        return (long) BYTES_PER_BLOCK * blocks.count();
    }

    /**
     * The surface where the distance is zero, between voxels that were seen: closed where all around it was seen, with
     * open borders elsewhere. Vertices are shared, also from block to block; triangles are anticlockwise seen from
     * before the surface; normals are the field's gradient. What no view has seen ({@link TsdfOptions#witness}) is left
     * out. Empty if nothing was seen.
     */
    public TriangleMesh extractMesh() {
        TriangleMesh mesh = new SurfaceExtraction(blocks, options).mesh();
        return options.witness() == Double.POSITIVE_INFINITY
                ? mesh
                : new VisibilityFilter(seen, mesh, options.threads()).seenPart(options.witness() * options.voxelSize());
    }

    @Override
    public String toString() {
        return "TsdfVolume[" + blocks.count() + " blocks of voxels of " + options.voxelSize() + "]";
    }
}

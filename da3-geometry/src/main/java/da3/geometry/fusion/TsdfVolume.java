package da3.geometry.fusion;

import da3.geometry.Scene;
import da3.geometry.TriangleMesh;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.geometry.concurrent.Interrupts;
import da3.geometry.concurrent.Parallel;
import da3.geometry.points.PointFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A truncated signed distance field of the surfaces that views have seen: positive in front of surfaces, negative
 * behind them, averaged over all views with weights, in world coordinates. Only blocks near surfaces exist; each has
 * 8x8x8 voxels and takes {@value #BYTES_PER_BLOCK} bytes. The pixels of each view take 21 bytes each. The result does
 * not depend on the number of threads. Not thread-safe.
 *
 * <p>Accuracy of meshes of synthetic scenes. The first number of each pair is for an edge trust of 1 and no witness
 * limit, the second for the defaults. Errors of vertices are in voxels; completeness and F1 are within one voxel.
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

    /** 24 bytes (distance, weight, color and its weight) for each of 512 voxels, and the index entry of the block. */
    public static final int BYTES_PER_BLOCK = VoxelBlocks.BYTES_PER_BLOCK;

    private final TsdfOptions options;
    private final List<SurfacePixels> seen = new ArrayList<>();
    private final VoxelBlocks blocks = new VoxelBlocks();

    /** Creates an empty volume. */
    public TsdfVolume(TsdfOptions options) {
        this.options = options;
    }

    /**
     * Fuses all views of a scene. Percentiles of confidence are taken over all views together. All blocks are allocated
     * before the first view is integrated, so that each view carves the blocks of all others.
     *
     * @throws IllegalArgumentException if the scene is empty, or a view has no valid camera, or maps that differ in
     *     size
     * @throws IllegalStateException if the blocks take more than {@link TsdfOptions#maxBytes} or three quarters of the
     *     free heap; the message names a voxel size that fits
     * @throws java.util.concurrent.CancellationException if the thread is interrupted, which is checked before each
     *     view
     */
    public static TsdfVolume fuse(Scene scene, TsdfOptions options) {
        Check.atLeast("number of views", 1, scene.views().size());
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
     * Integrates one more view. Percentiles of confidence are taken over this view alone, and it does not carve blocks
     * that later views add behind it.
     *
     * @return this
     * @throws IllegalArgumentException if the view has no valid camera, or maps that differ in size
     * @throws IllegalStateException if its blocks and the present ones take too much memory; the volume is then
     *     unchanged, and the message names a voxel size with which about as much fits
     */
    public TsdfVolume integrate(View view) {
        PointFilter filter = PointFilter.of(new Scene(List.of(view), Optional.empty(), true), options.filter());
        SurfacePixels pixels = SurfacePixels.of(view, "the view", i -> filter.keeps(0, i), options);
        int limit = MemoryBound.blocksLeft(options, blocks.count());
        BlockKeys added = new BlockKeys();
        int maxBlocks = blocks.count() + limit;
        TouchedBlocks.offer(pixels, options.truncation(), options.voxelSize(), options.threads(), maxBlocks, key -> {
            if (blocks.keys().find(key) < 0) {
                added.add(key);
            }
            return true;
        });
        if (added.size() > limit) {
            // Blocks cover surfaces, so twice the voxel size needs a quarter of them.
            double ratio = ((double) blocks.count() + added.size()) / Math.max(1, blocks.count() + limit);
            throw MemoryBound.refusal(
                    "volume with this view",
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
        if (!options.projective()) {
            Parallel.forEach(blocks.count(), options.threads(), update::update);
            return;
        }
        BlockKeys touched = new BlockKeys();
        TouchedBlocks.offer(
                pixels, options.truncation(), options.voxelSize(), options.threads(), blocks.count(), key -> {
                    touched.add(key);
                    return true;
                });
        Parallel.forEach(
                touched.size(),
                options.threads(),
                n -> update.update(blocks.keys().find(touched.key(n))));
    }

    public TsdfOptions options() {
        return options;
    }

    public int blockCount() {
        return blocks.count();
    }

    /** Returns the memory that the voxels take. */
    public long bytes() {
        return (long) BYTES_PER_BLOCK * blocks.count();
    }

    /**
     * Extracts the surface where the distance is zero, between voxels that were seen. The surface is closed where
     * everything around it was seen, and has open borders elsewhere. Vertices are shared, also across blocks; triangles
     * are counterclockwise as seen from the front; normals are the gradient of the field. Parts that no view has seen
     * ({@link TsdfOptions#witness}) are omitted.
     *
     * @return the mesh; empty if nothing was seen
     */
    public TriangleMesh extractMesh() {
        TriangleMesh mesh = new SurfaceExtraction(blocks, options).mesh(block -> true);
        if (options.witness() == Double.POSITIVE_INFINITY) {
            return mesh;
        }
        VisibilityFilter filter = new VisibilityFilter(mesh, options.threads());
        seen.forEach(filter::add);
        return filter.seenPart(options.witness() * options.voxelSize());
    }

    @Override
    public String toString() {
        return "TsdfVolume[" + blocks.count() + " blocks of voxels of " + options.voxelSize() + "]";
    }
}

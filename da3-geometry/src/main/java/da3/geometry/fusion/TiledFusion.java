package da3.geometry.fusion;

import da3.geometry.Scene;
import da3.geometry.TriangleMesh;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.geometry.concurrent.Interrupts;
import da3.geometry.concurrent.Parallel;
import da3.geometry.math.Vec3;
import da3.geometry.points.PointFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * The fusion of many views tile by tile, as {@link TsdfVolume} fuses them together. Views are read one at a time, and
 * read again for each tile that they show. Memory holds one view, the voxels of one tile, at most 72 MB, and 48 bytes
 * for each block of the whole surface.
 *
 * <p>A tile also has the blocks around it, so that the meshes of adjacent tiles meet in vertices with the same
 * positions and normals. Together they are the mesh of the whole scene, except that percentiles of confidence are taken
 * over each view, and tolerances of the visibility filter over each tile. Results do not depend on the number of
 * threads.
 */
public final class TiledFusion {

    /** Voxels along a side of a tile. */
    public static final int TILE_VOXELS = 128;

    private static final int BLOCKS = TILE_VOXELS / VoxelBlocks.SIDE;

    /** Distance from the border of a tile, in voxels, at which a vertex is on it. */
    private static final double ON_BORDER = 0.01;

    private final IntFunction<View> views;
    private final TsdfOptions options;
    private final List<ViewFrustum> frusta = new ArrayList<>();
    private final BlockKeys touched = new BlockKeys();
    private final SortedSet<Tile> tiles = new TreeSet<>();

    /**
     * Finds the tiles of the surface that views show; reads each view once.
     *
     * @param count number of views
     * @param views reads a view with a camera, and gives the same result each time
     * @throws IllegalArgumentException if a view has no valid camera, or maps that differ in size, or distances are
     *     projective
     * @throws java.util.concurrent.CancellationException if the thread is interrupted, which is checked before each
     *     view
     */
    public TiledFusion(int count, IntFunction<View> views, TsdfOptions options) {
        if (options.projective()) {
            throw Check.invalid("option projective of a tiled fusion", "false", true);
        }
        this.views = views;
        this.options = options;
        for (int v = 0; v < count; v++) {
            SurfacePixels pixels = read(v);
            frusta.add(frustum(pixels));
            TouchedBlocks.offer(
                    pixels, options.truncation(), options.voxelSize(), options.threads(), Integer.MAX_VALUE, key -> {
                        touched.add(key);
                        return true;
                    });
        }
        for (int n = 0; n < touched.size(); n++) {
            tiles.add(tile(touched.key(n)));
        }
    }

    private SurfacePixels read(int v) {
        Interrupts.requireNone("fusion");
        View view = views.apply(v);
        PointFilter filter = PointFilter.of(new Scene(List.of(view), Optional.empty(), true), options.filter());
        return SurfacePixels.of(view, "view " + v, i -> filter.keeps(0, i), options);
    }

    /** Returns the part of the world whose voxels a view can change. */
    private ViewFrustum frustum(SurfacePixels pixels) {
        double far = 0;
        for (float inverse : pixels.inverse) {
            far = inverse > 0 ? Math.max(far, 1.0 / inverse) : far;
        }
        far += BlockUpdate.MAX_BEHIND * options.truncation();
        return new ViewFrustum(pixels.camera, pixels.width, pixels.height, far);
    }

    private static Tile tile(long key) {
        return new Tile(
                Math.floorDiv(BlockKeys.x(key), BLOCKS),
                Math.floorDiv(BlockKeys.y(key), BLOCKS),
                Math.floorDiv(BlockKeys.z(key), BLOCKS));
    }

    /** Returns the tiles that may contain a surface, in their order. */
    public List<Tile> tiles() {
        return List.copyOf(tiles);
    }

    /**
     * Fuses a tile and extracts its surface.
     *
     * @param minComponent minimum number of triangles of a connected component; components that reach the border of the
     *     tile stay
     * @throws java.util.concurrent.CancellationException if the thread is interrupted, which is checked before each
     *     view
     */
    public TriangleMesh mesh(Tile tile, int minComponent) {
        VoxelBlocks blocks = allocate(tile);
        double side = TILE_VOXELS * options.voxelSize();
        Vec3 center = new Vec3(tile.x() + 0.5, tile.y() + 0.5, tile.z() + 0.5).times(side);
        double radius = Math.sqrt(3) * (side / 2 + VoxelBlocks.SIDE * options.voxelSize());
        List<Integer> seeing = new ArrayList<>();
        for (int v = 0; v < frusta.size(); v++) {
            if (frusta.get(v).mayIntersect(center, radius)) {
                seeing.add(v);
            }
        }
        for (int v : seeing) {
            BlockUpdate update = new BlockUpdate(read(v), options, blocks);
            Parallel.forEach(blocks.count(), options.threads(), update::update);
        }
        TriangleMesh mesh =
                new SurfaceExtraction(blocks, options).mesh(key -> tile(key).equals(tile));
        if (options.witness() < Double.POSITIVE_INFINITY && mesh.triangleCount() > 0) {
            VisibilityFilter filter = new VisibilityFilter(mesh, options.threads());
            seeing.forEach(v -> filter.add(read(v)));
            mesh = filter.seenPart(options.witness() * options.voxelSize());
        }
        float[] positions = mesh.positions();
        return MeshComponents.of(mesh).atLeast(minComponent, vertex -> isOnBorder(positions, 3 * vertex));
    }

    /** Allocates the blocks of a tile and those around it, in ascending order. */
    private VoxelBlocks allocate(Tile tile) {
        VoxelBlocks blocks = new VoxelBlocks();
        for (int z = -1; z <= BLOCKS; z++) {
            for (int y = -1; y <= BLOCKS; y++) {
                for (int x = -1; x <= BLOCKS; x++) {
                    long key = BlockKeys.key(BLOCKS * tile.x() + x, BLOCKS * tile.y() + y, BLOCKS * tile.z() + z);
                    if (touched.find(key) >= 0) {
                        blocks.allocate(key);
                    }
                }
            }
        }
        return blocks;
    }

    /** Returns whether a vertex is on a plane between tiles: the first voxel centers of tiles. */
    private boolean isOnBorder(float[] positions, int at) {
        for (int axis = 0; axis < 3; axis++) {
            double voxel = positions[at + axis] / options.voxelSize() - 0.5;
            double toPlane = voxel - TILE_VOXELS * Math.rint(voxel / TILE_VOXELS);
            if (Math.abs(toPlane) < ON_BORDER) {
                return true;
            }
        }
        return false;
    }
}

package da3.geometry.fusion;

import da3.geometry.TriangleMesh;
import da3.geometry.check.Check;
import da3.geometry.concurrent.Parallel;
import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * Marching cubes over sparse blocks, after Lorensen and Cline (1987), with the cases of {@link CubeTriangles}. A vertex
 * belongs to the voxel where its edge starts, so each block computes its own vertices in parallel, and cubes at block
 * borders share them. Blocks are processed in the order of their coordinates, so the result does not depend on the
 * order in which they were allocated.
 */
final class SurfaceExtraction {

    /**
     * Maximum change of the distance between adjacent voxels, in voxels, where it crosses zero. It is about 1 at a
     * surface, slightly more with noise. At larger jumps there is no surface: there the hidden space behind an object
     * meets empty space. Projective distances change by more where a surface is slanted.
     */
    private static final double MAX_JUMP = 2.5;

    private static final int MAX_INDICES = Integer.MAX_VALUE - 8;

    private final VoxelBlocks blocks;
    private final TsdfOptions options;

    /** Block numbers in the order of block coordinates. */
    private final int[] order;

    /** Crossed edges of each block; null until computed. */
    private final CrossedEdges[] crossed;

    /** Index of the first vertex of each block. */
    private final int[] firstVertex;

    SurfaceExtraction(VoxelBlocks blocks, TsdfOptions options) {
        this.blocks = blocks;
        this.options = options;
        this.order = Arrays.stream(blocks.keys().sorted())
                .mapToInt(blocks.keys()::find)
                .toArray();
        this.crossed = new CrossedEdges[order.length];
        this.firstVertex = new int[order.length];
    }

    /**
     * Returns the surface in the cubes that begin in some of the blocks. Vertices and normals at their border are the
     * same as those of the surface in all blocks.
     *
     * @param meshed whether a block, by its key, is one of them
     */
    TriangleMesh mesh(LongPredicate meshed) {
        Parallel.forEach(
                order.length, options.threads(), block -> crossed[block] = new CrossedEdges(neighborhood(block)));
        long vertices = 0;
        for (int block : order) {
            firstVertex[block] = (int) vertices;
            vertices += crossed[block].count();
            requireIndexable(3 * vertices);
        }
        float[] positions = new float[3 * (int) vertices];
        float[] normals = new float[positions.length];
        byte[] colors = new byte[positions.length];
        int[][] triangles = new int[order.length][];
        Parallel.forEach(order.length, options.threads(), i -> {
            int block = order[i];
            BlockNeighborhood voxels = neighborhood(block);
            new BlockVertices(voxels, blocks.keys().key(block), options.voxelSize())
                    .write(crossed[block], firstVertex[block], positions, normals, colors);
            triangles[i] = meshed.test(blocks.keys().key(block)) ? triangles(voxels) : new int[0];
        });
        // Edges next to unknown voxels or in other blocks may be crossed but belong to no triangle; withTriangles
        // removes
        // their vertices.
        return new TriangleMesh(positions, normals, colors, new int[0]).withTriangles(joined(triangles));
    }

    private BlockNeighborhood neighborhood(int block) {
        return new BlockNeighborhood(blocks, block, options.minWeight());
    }

    private int[] triangles(BlockNeighborhood voxels) {
        int[] triangles = new int[256];
        int count = 0;
        for (int voxel = 0; voxel < VoxelBlocks.VOXELS; voxel++) {
            int x = voxel & 7;
            int y = voxel >> 3 & 7;
            int z = voxel >> 6;
            int[] edges = CubeTriangles.of(inside(voxels, x, y, z));
            if (count + edges.length > triangles.length) {
                triangles = Arrays.copyOf(triangles, 2 * triangles.length);
            }
            for (int edge : edges) {
                triangles[count++] = vertex(voxels, x, y, z, edge);
            }
        }
        return Arrays.copyOf(triangles, count);
    }

    /**
     * Returns the bits of the inside corners of a cube; 0 where a corner is unknown or the cube contains no surface.
     */
    private int inside(BlockNeighborhood voxels, int x, int y, int z) {
        int inside = 0;
        int first = BlockNeighborhood.index(x, y, z);
        for (int corner = 0; corner < 8; corner++) {
            float distance = voxels.distance(first + offset(corner));
            if (Float.isNaN(distance)) {
                return 0;
            }
            inside |= distance < 0 ? 1 << corner : 0;
        }
        boolean surface = inside != 0 && inside != 255 && (options.projective() || !jumps(voxels, first));
        return surface ? inside : 0;
    }

    private boolean jumps(BlockNeighborhood voxels, int first) {
        double maxJump = MAX_JUMP * options.voxelSize();
        for (int edge = 0; edge < CubeTriangles.EDGES; edge++) {
            int index = first + offset(CubeTriangles.start(edge));
            int step = BlockNeighborhood.step(CubeTriangles.axis(edge));
            if (voxels.crosses(index, step)
                    && Math.abs(voxels.distance(index) - voxels.distance(index + step)) > maxJump) {
                return true;
            }
        }
        return false;
    }

    private static int offset(int corner) {
        return (corner & 1) * BlockNeighborhood.step(0)
                + (corner >> 1 & 1) * BlockNeighborhood.step(1)
                + (corner >> 2) * BlockNeighborhood.step(2);
    }

    private int vertex(BlockNeighborhood voxels, int x, int y, int z, int edge) {
        int start = CubeTriangles.start(edge);
        int startX = x + (start & 1);
        int startY = y + (start >> 1 & 1);
        int startZ = z + (start >> 2);
        int block = voxels.block(startX, startY, startZ);
        return firstVertex[block]
                + crossed[block].number(CubeTriangles.axis(edge), BlockNeighborhood.voxel(startX, startY, startZ));
    }

    private static int[] joined(int[][] parts) {
        long length = Arrays.stream(parts).mapToLong(part -> part.length).sum();
        requireIndexable(length);
        int[] joined = new int[(int) length];
        int at = 0;
        for (int[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    private static void requireIndexable(long values) {
        if (values > MAX_INDICES) {
            throw new IllegalStateException(Check.message(
                    "number of indices or coordinates of a mesh",
                    "at most " + MAX_INDICES + ", which larger voxels achieve",
                    values));
        }
    }
}

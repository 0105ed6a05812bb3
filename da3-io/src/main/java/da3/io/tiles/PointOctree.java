package da3.io.tiles;

import da3.geometry.Pose;
import da3.geometry.concurrent.Interrupts;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.io.Glb;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides points into the tiles of an octree. A tile with many points keeps the first point in each cell of a grid of
 * {@value #GRID} cells per side, and passes the others to its eight children, whose cells are half as large. So each
 * point is in one tile, and a tile together with its ancestors shows its cube with a spacing of a cell.
 */
final class PointOctree {

    /** Number of cells along each side of a tile. */
    static final int GRID = 128;

    /** Maximum depth of the tree, at which points of almost the same position stay together. */
    private static final int MAX_DEPTH = 20;

    /** Rotation from the axes of 3D Tiles (z up) to those of glTF (y up), which viewers undo. */
    private static final Pose TO_GLTF = new Pose(new Mat3(1, 0, 0, 0, 0, 1, 0, -1, 0), Vec3.ZERO);

    private final Path folder;
    private final int maxLeaf;
    private final int maxInMemory;

    /**
     * Creates a builder.
     *
     * @param folder folder of the tiles and temporary files
     * @param maxLeaf maximum number of points of a tile that is not divided
     * @param maxInMemory maximum number of points that are divided in memory
     */
    PointOctree(Path folder, int maxLeaf, int maxInMemory) {
        this.folder = folder;
        this.maxLeaf = maxLeaf;
        this.maxInMemory = maxInMemory;
    }

    /** Writes the tiles of points, which are closed, and returns the root. */
    Tile build(Points points) throws IOException {
        Bounds bounds = points.bounds();
        double half = Math.max(1e-6, bounds.largestHalf()) * (1 + 1e-6);
        return tile("r", points, new Cube(bounds.center(0), bounds.center(1), bounds.center(2), half), 0);
    }

    /** @param half half of a side */
    private record Cube(double x, double y, double z, double half) {

        int octant(float px, float py, float pz) {
            return (px < x ? 0 : 1) | (py < y ? 0 : 2) | (pz < z ? 0 : 4);
        }

        Cube child(int octant) {
            double quarter = half / 2;
            return new Cube(
                    x + ((octant & 1) == 0 ? -quarter : quarter),
                    y + ((octant & 2) == 0 ? -quarter : quarter),
                    z + ((octant & 4) == 0 ? -quarter : quarter),
                    quarter);
        }

        /** Returns the index of the grid cell of a point. */
        int cell(float px, float py, float pz) {
            return (cell(px - x) * GRID + cell(py - y)) * GRID + cell(pz - z);
        }

        private int cell(double fromCenter) {
            int cell = (int) Math.floor((fromCenter / half + 1) / 2 * GRID);
            return Math.max(0, Math.min(GRID - 1, cell));
        }
    }

    private Tile tile(String name, Points points, Cube cube, int depth) throws IOException {
        Bounds bounds = points.bounds();
        MemoryPoints kept = new MemoryPoints();
        Points[] rest = new Points[8];
        try {
            try (points) {
                Interrupts.requireNone("writing tiles");
                if (points.size() <= maxLeaf || depth == MAX_DEPTH) {
                    points.forEach(kept::add);
                } else {
                    divide(points, cube, kept, rest, name);
                }
            }
            String file = name + ".glb";
            if (kept.size() > 0) {
                Glb.writePoints(kept.cloud(), TO_GLTF, folder.resolve(file));
            }
            kept.close();
            List<Tile> children = new ArrayList<>();
            for (int octant = 0; octant < rest.length; octant++) {
                if (rest[octant] != null) {
                    Points child = rest[octant];
                    rest[octant] = null; // so that its memory can be released
                    children.add(tile(name + octant, child, cube.child(octant), depth + 1));
                }
            }
            return new Tile(file, bounds, children.isEmpty() ? 0 : 2 * cube.half / GRID, children);
        } finally {
            for (Points child : rest) {
                if (child != null) {
                    child.close();
                }
            }
        }
    }

    /** Keeps a point for each cell, and passes the others to the children. */
    private void divide(Points points, Cube cube, MemoryPoints kept, Points[] rest, String name) throws IOException {
        boolean inMemory = points.size() <= maxInMemory;
        long[] taken = new long[GRID * GRID * GRID / Long.SIZE];
        points.forEach((x, y, z, rgb) -> {
            int cell = cube.cell(x, y, z);
            long bit = 1L << cell; // the shift uses the lowest six bits
            if ((taken[cell >> 6] & bit) == 0) {
                taken[cell >> 6] |= bit;
                kept.add(x, y, z, rgb);
                return;
            }
            int octant = cube.octant(x, y, z);
            if (rest[octant] == null) {
                rest[octant] =
                        inMemory ? new MemoryPoints() : new FilePoints(folder.resolve(name + octant + ".points"));
            }
            rest[octant].add(x, y, z, rgb);
        });
    }
}

package da3.streaming;

import da3.geometry.PointCloud;
import da3.geometry.Sim3;
import da3.geometry.math.Vec3;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Points of frames, at most one in each cell of a grid, in tiles of {@value #TILE_CELLS} cells per side. Cells become
 * twice as large whenever there would be too many points. Each tile has the version of its last change; a tile that
 * lost its points stays, without points, so that viewers learn of it.
 */
final class LivePoints {

    /** Smallest limit of points, since the eight cells around the origin never become one. */
    static final int MIN_POINTS = 8;

    private static final int TILE_CELLS = 64;

    private final int maxPoints;
    private double cell;
    private int level; // how often cells have become larger
    private float[] positions = new float[3 * 1024];
    private byte[] colors = new byte[3 * 1024];
    private int[] frames = new int[1024];
    private int size;
    private CellSet cells = new CellSet();
    private SortedMap<String, Tile> tiles = new TreeMap<>();

    /**
     * Creates an empty set.
     *
     * @param maxPoints maximum number of points, at least {@value #MIN_POINTS}
     * @param cell side of a cell at first
     */
    LivePoints(int maxPoints, double cell) {
        this.maxPoints = maxPoints;
        this.cell = cell;
    }

    /** The indices of the points of a tile, and the version of its last change. */
    private static final class Tile {
        private int[] points = new int[16];
        private int size;
        private long version;

        void add(int point, long changed) {
            if (size == points.length) {
                points = Arrays.copyOf(points, 2 * size);
            }
            points[size++] = point;
            version = Math.max(version, changed);
        }
    }

    int size() {
        return size;
    }

    /** Returns the side of a cell. */
    double cell() {
        return cell;
    }

    /** Adds the points of a frame that are in empty cells. */
    void add(int frame, PointCloud cloud, long version) {
        float[] p = cloud.positions();
        byte[] rgb = cloud.colors();
        for (int i = 0; i < p.length; i += 3) {
            insert(p[i], p[i + 1], p[i + 2], rgb[i], rgb[i + 1], rgb[i + 2], frame, version);
            while (size > maxPoints) {
                cell *= 2;
                level++;
                rebuild(Map.of(), version);
            }
        }
    }

    /** Moves the points of frames. */
    void move(Map<Integer, Sim3> motions, long version) {
        rebuild(motions, version);
    }

    /** Inserts all points again after motions; tiles that differ from before get a new version. */
    private void rebuild(Map<Integer, Sim3> motions, long version) {
        SortedMap<String, Tile> before = tiles;
        float[] oldPositions = positions;
        byte[] oldColors = colors;
        int[] oldFrames = frames;
        int count = size;
        positions = new float[oldPositions.length];
        colors = new byte[oldColors.length];
        frames = new int[oldFrames.length];
        size = 0;
        cells = new CellSet();
        tiles = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            int at = 3 * i;
            Sim3 motion = motions.get(oldFrames[i]);
            Vec3 point = new Vec3(oldPositions[at], oldPositions[at + 1], oldPositions[at + 2]);
            Vec3 moved = motion == null ? point : motion.transform(point);
            insert(
                    (float) moved.x(),
                    (float) moved.y(),
                    (float) moved.z(),
                    oldColors[at],
                    oldColors[at + 1],
                    oldColors[at + 2],
                    oldFrames[i],
                    motion == null ? 0 : version);
        }
        before.forEach((id, old) -> {
            Tile now = tiles.computeIfAbsent(id, unused -> new Tile());
            boolean changed = now.version > 0 || now.size != old.size;
            now.version = changed ? version : old.version;
        });
        tiles.values().stream().filter(tile -> tile.version == 0).forEach(tile -> tile.version = version);
    }

    private void insert(float x, float y, float z, byte red, byte green, byte blue, int frame, long version) {
        double cx = Math.floor(x / cell);
        double cy = Math.floor(y / cell);
        double cz = Math.floor(z / cell);
        long key = CellSet.key(cx, cy, cz);
        if (key < 0 || !cells.add(key)) {
            return;
        }
        if (size == frames.length) {
            positions = Arrays.copyOf(positions, 6 * size);
            colors = Arrays.copyOf(colors, 6 * size);
            frames = Arrays.copyOf(frames, 2 * size);
        }
        int at = 3 * size;
        positions[at] = x;
        positions[at + 1] = y;
        positions[at + 2] = z;
        colors[at] = red;
        colors[at + 1] = green;
        colors[at + 2] = blue;
        frames[size] = frame;
        tiles.computeIfAbsent(id(cx, cy, cz), unused -> new Tile()).add(size++, version);
    }

    private String id(double cx, double cy, double cz) {
        return level + "_" + tile(cx) + "_" + tile(cy) + "_" + tile(cz);
    }

    private static int tile(double cell) {
        return Math.floorDiv((int) cell, TILE_CELLS);
    }

    /** Returns the numbers of points, by id, of the tiles that changed after a version. */
    SortedMap<String, Integer> changedAfter(long version) {
        SortedMap<String, Integer> changed = new TreeMap<>();
        tiles.forEach((id, tile) -> {
            if (tile.version > version) {
                changed.put(id, tile.size);
            }
        });
        return changed;
    }

    /** Returns the points of a tile; empty if there is no such tile. */
    Optional<PointCloud> tile(String id) {
        return Optional.ofNullable(tiles.get(id)).map(tile -> {
            float[] xyz = new float[3 * tile.size];
            byte[] rgb = new byte[3 * tile.size];
            for (int i = 0; i < tile.size; i++) {
                System.arraycopy(positions, 3 * tile.points[i], xyz, 3 * i, 3);
                System.arraycopy(colors, 3 * tile.points[i], rgb, 3 * i, 3);
            }
            return new PointCloud(xyz, rgb);
        });
    }
}

package da3.io.tiles;

import da3.files.PartialOutput;
import da3.geometry.PointCloud;
import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes a point cloud of any size as a folder of 3D Tiles 1.1: {@code tileset.json} and a GLB file for each tile of an
 * octree with levels of detail. Refinement is additive: each point is in one tile, and a tile adds points to those of
 * its ancestors. The geometric error of a tile is the distance between adjacent points, 1/128 of the side of its cube.
 *
 * <p>Clouds are written in parts. Points wait in a temporary file, 16 bytes each, and are divided in files until two
 * million fit into memory, so that memory holds about 100 MB whatever their number, unless they coincide. Equal points in the same order give
 * equal bytes.
 *
 * <p>Coordinates of tiles are those of the points; the root transforms them to the axes of 3D Tiles, with z up. Colors
 * are sRGB bytes, as in {@link da3.io.Glb}, although glTF defines vertex colors as linear.
 *
 * <pre>{@code
 * try (var tiles = PointTiles.create(folder, PointTiles.Y_DOWN)) {
 *     tiles.write(cloud);
 *     tiles.commit();
 * }
 * }</pre>
 *
 * @see <a href="https://docs.ogc.org/cs/22-025r4/22-025r4.html">3D Tiles 1.1</a>
 */
public final class PointTiles implements AutoCloseable {

    /** Name of the description in the folder. */
    public static final String TILESET = "tileset.json";

    /** Rotation from OpenCV axes (y down, z forward) to z up. */
    public static final Pose Y_DOWN = new Pose(new Mat3(1, 0, 0, 0, 0, 1, 0, -1, 0), Vec3.ZERO);

    private static final Pattern OWN_FILE = Pattern.compile("tileset\\.json|r[0-7]*\\.glb");
    private static final int MAX_LEAF = 40_000;
    private static final int MAX_IN_MEMORY = 2_000_000;

    private final Path target;
    private final Pose toZUp;
    private final int maxLeaf;
    private final int maxInMemory;
    private final PartialOutput partial;
    private final FilePoints points;

    private PointTiles(
            Path target, Pose toZUp, int maxLeaf, int maxInMemory, PartialOutput partial, FilePoints points) {
        this.target = target;
        this.toZUp = toZUp;
        this.maxLeaf = maxLeaf;
        this.maxInMemory = maxInMemory;
        this.partial = partial;
        this.points = points;
    }

    /**
     * Begins a tile set.
     *
     * @param folder folder of the tiles; tiles of an earlier set in it are replaced on {@link #commit}
     * @param toZUp rotation from the axes of the points to axes with z up, for instance {@link #Y_DOWN}
     * @throws IOException if it cannot be written
     */
    public static PointTiles create(Path folder, Pose toZUp) throws IOException {
        return create(folder, toZUp, MAX_LEAF, MAX_IN_MEMORY);
    }

    static PointTiles create(Path folder, Pose toZUp, int maxLeaf, int maxInMemory) throws IOException {
        PartialOutput partial = PartialOutput.beside(folder);
        try {
            Files.createDirectories(partial.path());
            FilePoints points = new FilePoints(partial.path().resolve("all.points"));
            return new PointTiles(folder, toZUp, maxLeaf, maxInMemory, partial, points);
        } catch (IOException e) {
            partial.close();
            throw e;
        }
    }

    /**
     * Adds points with colors.
     *
     * @throws IOException if they cannot be written
     * @throws IllegalArgumentException if a coordinate is not finite; then no point is added
     * @throws CancellationException if the thread is interrupted
     */
    public void write(PointCloud cloud) throws IOException {
        float[] p = cloud.positions();
        for (float coordinate : p) {
            if (!Float.isFinite(coordinate)) {
                throw new IllegalArgumentException("coordinates of points must be finite, got " + coordinate);
            }
        }
        try {
            for (int i = 0; i < p.length; i += 3) {
                points.add(p[i], p[i + 1], p[i + 2], MemoryPoints.rgb(cloud.colors(), i));
            }
        } catch (ClosedByInterruptException e) {
            throw cancelled(e);
        }
    }

    /**
     * Writes the tiles, moves them to the folder, and returns the path of {@code tileset.json}.
     *
     * @throws IOException if they cannot be written, or the folder contains other files
     * @throws CancellationException if the thread is interrupted
     */
    public Path commit() throws IOException {
        long count = points.size();
        try {
            Tile root = new PointOctree(partial.path(), maxLeaf, maxInMemory).build(points);
            Files.writeString(partial.path().resolve(TILESET), TilesetJson.of(root, toZUp, count));
        } catch (ClosedByInterruptException e) {
            throw cancelled(e);
        }
        for (Path tile : earlierTiles()) {
            Files.delete(tile);
        }
        partial.commit();
        return target.resolve(TILESET);
    }

    /** Returns the exception for an interrupt while a file was read or written. */
    private static CancellationException cancelled(ClosedByInterruptException cause) {
        CancellationException cancelled =
                new CancellationException("writing tiles was cancelled: its thread was interrupted");
        cancelled.initCause(cause);
        return cancelled;
    }

    /**
     * Returns the files of an earlier set in the folder.
     *
     * @throws IOException if the folder contains other files, so that nothing in it may be deleted
     */
    private List<Path> earlierTiles() throws IOException {
        if (!Files.isDirectory(target)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(target)) {
            List<Path> files = entries.sorted().toList();
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (!OWN_FILE.matcher(name).matches() || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw new IOException(target + " contains other files, such as " + name);
                }
            }
            return files;
        }
    }

    /** Deletes a tile set that was not committed. */
    @Override
    public void close() throws IOException {
        try (partial) {
            points.close();
        }
    }
}

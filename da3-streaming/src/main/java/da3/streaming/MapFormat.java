package da3.streaming;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.io.ExportDirectory;
import da3.io.PlyPointWriter;
import da3.io.Trajectories;
import da3.streaming.store.FrameInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The export formats of maps. Frames are in the order of the source. Each format needs the memory of one frame, except
 * for COLMAP's points, the voxels of one tile of a mesh, and about 100 MB of points that are divided into 3D Tiles.
 */
public enum MapFormat {
    /** {@code trajectory.tum}: time, camera center and quaternion of each frame, camera-to-world. */
    TUM {
        @Override
        public List<Path> write(StreamingMap map, Path directory, PointOptions options) throws IOException {
            double[] seconds =
                    map.frames().stream().mapToDouble(FrameInfo::seconds).toArray();
            return List.of(Trajectories.writeTum(poses(map), seconds, directory, "trajectory.tum"));
        }
    },
    /** {@code trajectory_kitti.txt}: the first three rows of the camera-to-world matrix of each frame. */
    KITTI {
        @Override
        public List<Path> write(StreamingMap map, Path directory, PointOptions options) throws IOException {
            return List.of(Trajectories.writeKitti(poses(map), directory));
        }
    },
    /** {@code intrinsics.txt}: fx, fy, cx and cy of each frame, in pixels of the processing size. */
    INTRINSICS {
        @Override
        public List<Path> write(StreamingMap map, Path directory, PointOptions options) throws IOException {
            StringBuilder lines = new StringBuilder();
            for (FrameInfo frame : map.frames()) {
                Intrinsics k = frame.camera().intrinsics();
                lines.append(k.fx()).append(' ').append(k.fy()).append(' ');
                lines.append(k.cx()).append(' ').append(k.cy()).append('\n');
            }
            byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
            return List.of(ExportDirectory.open(directory).write("intrinsics.txt", out -> out.write(bytes)));
        }
    },
    /** {@code points.ply}: the points of confident pixels. */
    PLY {
        @Override
        public List<Path> write(StreamingMap map, Path directory, PointOptions options) throws IOException {
            Path file = ExportDirectory.open(directory).root().resolve("points.ply");
            try (PlyPointWriter writer = PlyPointWriter.create(file)) {
                for (int i = 0; i < map.size(); i++) {
                    writer.write(map.points(i, map.view(i), options).cloud());
                }
                return List.of(writer.commit());
            }
        }
    },
    /** {@code mesh.ply}: the surface, fused tile by tile. */
    MESH {
        @Override
        public List<Path> write(StreamingMap map, Path directory, PointOptions options) throws IOException {
            return List.of(MeshExport.write(map, ExportDirectory.open(directory).root(), options));
        }
    },
    /** {@code mesh.glb}: the same surface with a node for each tile; in memory as a whole. */
    GLB {
        @Override
        public List<Path> write(StreamingMap map, Path directory, PointOptions options) throws IOException {
            return List.of(
                    MeshExport.writeGlb(map, ExportDirectory.open(directory).root(), options));
        }
    },
    /** {@code gaussians}: a Gaussian for each point of {@link #PLY}, in a file for each tile; all are in memory. */
    GAUSSIANS {
        @Override
        public List<Path> write(StreamingMap map, Path directory, PointOptions options) throws IOException {
            return GaussianTiles.write(map, directory.resolve("gaussians"), options);
        }
    },
    /** {@code colmap}: images of the processing size and a COLMAP model with points. */
    COLMAP {
        @Override
        public List<Path> write(StreamingMap map, Path directory, PointOptions options) throws IOException {
            return ColmapExport.write(map, directory.resolve("colmap"), options);
        }
    },
    /** {@code tiles/tileset.json}: the points as 3D Tiles with levels of detail. */
    TILES("3dtiles") {
        @Override
        public List<Path> write(StreamingMap map, Path directory, PointOptions options) throws IOException {
            Path root = ExportDirectory.open(directory).root();
            return List.of(TilesExport.write(map, root.resolve("tiles"), options));
        }
    };

    /** The formats that every run of the command writes. */
    public static final List<MapFormat> DEFAULTS = List.of(TUM, INTRINSICS, PLY);

    private final String id;

    MapFormat() {
        id = name().toLowerCase(Locale.ROOT);
    }

    MapFormat(String id) {
        this.id = id;
    }

    /**
     * Writes the files of this format and returns their paths.
     *
     * @param directory created if it does not exist
     * @throws IOException if a file cannot be written; the message says why
     */
    public abstract List<Path> write(StreamingMap map, Path directory, PointOptions options) throws IOException;

    /** Returns the name on the command line. */
    public String id() {
        return id;
    }

    /**
     * Returns the formats of a text such as {@code tum-ply-colmap}.
     *
     * @throws IllegalArgumentException if a name is unknown; the message lists all
     */
    public static List<MapFormat> parse(String text) {
        return Arrays.stream(text.split("-")).map(MapFormat::of).distinct().toList();
    }

    private static MapFormat of(String id) {
        return Arrays.stream(values())
                .filter(format -> format.id().equalsIgnoreCase(id))
                .findFirst()
                .orElseThrow(() -> Check.invalid("export format", "one of " + ids(), "'" + id + "'"));
    }

    /** Returns the names of all formats, separated by commas. */
    public static String ids() {
        return Arrays.stream(values()).map(MapFormat::id).collect(Collectors.joining(", "));
    }

    private static List<Pose> poses(StreamingMap map) {
        return map.cameras().stream().map(Camera::pose).toList();
    }
}

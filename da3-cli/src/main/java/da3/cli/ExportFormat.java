package da3.cli;

import da3.geometry.Scene;
import da3.geometry.fusion.TriangleMesh;
import da3.geometry.fusion.TsdfOptions;
import da3.geometry.fusion.TsdfVolume;
import da3.geometry.points.PointCloudOptions;
import da3.geometry.points.PointClouds;
import da3.io.DepthPng16;
import da3.io.DepthVis;
import da3.io.FloatTiff;
import da3.io.Glb;
import da3.io.GlbOptions;
import da3.io.MiniNpz;
import da3.io.Npz;
import da3.io.Pfm;
import da3.io.Ply;
import da3.io.PlyFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What {@code --export-format} names. */
enum ExportFormat {
    /** Depth, confidence and cameras as one NumPy archive. */
    MINI_NPZ("exports/mini_npz") {
        @Override
        List<Path> write(Scene scene, Path directory, GlbOptions glb) throws IOException {
            return List.of(MiniNpz.write(scene, directory));
        }
    },
    /** As that, and the processed images. */
    NPZ("exports/npz") {
        @Override
        List<Path> write(Scene scene, Path directory, GlbOptions glb) throws IOException {
            return List.of(Npz.write(scene, directory));
        }
    },
    /** A coloured point cloud with cameras, and a picture to find it by. */
    GLB("scene.glb") {
        @Override
        List<Path> write(Scene scene, Path directory, GlbOptions glb) throws IOException {
            return List.of(Glb.write(scene, directory, glb), DepthVis.writeCover(scene, directory));
        }
    },
    /** Every photo beside a picture of its depth. */
    DEPTH_VIS("depth_vis") {
        @Override
        List<Path> write(Scene scene, Path directory, GlbOptions glb) throws IOException {
            return DepthVis.write(scene, directory);
        }
    },
    /** Depth as counts of 16 bits. */
    DEPTH_PNG16("depth_png16") {
        @Override
        List<Path> write(Scene scene, Path directory, GlbOptions glb) throws IOException {
            return DepthPng16.write(scene, directory);
        }
    },
    /** Depth as floats that the tools of vision read. */
    DEPTH_PFM("depth_pfm") {
        @Override
        List<Path> write(Scene scene, Path directory, GlbOptions glb) throws IOException {
            return Pfm.write(scene, directory);
        }
    },
    /** Depth as floats that the tools of mapping read. */
    DEPTH_TIFF("depth_tiff") {
        @Override
        List<Path> write(Scene scene, Path directory, GlbOptions glb) throws IOException {
            return FloatTiff.write(scene, directory);
        }
    },

    /** A coloured point cloud in world coordinates. */
    PLY("points.ply") {
        @Override
        List<Path> write(Scene scene, Path directory, GlbOptions glb) throws IOException {
            PointCloudOptions options =
                    PointCloudOptions.defaults().withFilter(glb.filter()).withMaxPoints(glb.maxPoints(), glb.seed());
            Ply.write(PointClouds.of(scene, options), resultsIn(directory), PlyFormat.BINARY_LITTLE_ENDIAN);
            return List.of(resultsIn(directory));
        }
    },

    /** All views fused to one surface, in world coordinates. */
    MESH_PLY("mesh.ply") {
        @Override
        List<Path> write(Scene scene, Path directory, GlbOptions glb) throws IOException {
            Ply.write(fused(scene), resultsIn(directory), PlyFormat.BINARY_LITTLE_ENDIAN);
            return List.of(resultsIn(directory));
        }
    },

    /** As that, with the axes of glTF. */
    MESH_GLB("mesh.glb") {
        @Override
        List<Path> write(Scene scene, Path directory, GlbOptions glb) throws IOException {
            Glb.writeMesh(fused(scene), resultsIn(directory));
            return List.of(resultsIn(directory));
        }
    };

    private final String results;

    /** @param results the file or folder in an export directory that it writes */
    ExportFormat(String results) {
        this.results = results;
    }

    abstract List<Path> write(Scene scene, Path directory, GlbOptions glb) throws IOException;

    private static TriangleMesh fused(Scene scene) {
        return TsdfVolume.fuse(scene, TsdfOptions.forScene(scene)).extractMesh();
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The file or folder of this format in an export directory. */
    Path resultsIn(Path exportDirectory) {
        return exportDirectory.resolve(results);
    }

    /**
     * @param formats names joined by {@code -}
     * @throws IllegalArgumentException for an unknown name; the message lists the legal ones
     */
    static List<ExportFormat> parse(String formats) {
        List<ExportFormat> parsed = new ArrayList<>();
        for (String id : formats.split("-", -1)) {
            parsed.add(Arrays.stream(values())
                    .filter(format -> format.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown export format '" + id
                            + "'; legal, joined by -: "
                            + Arrays.stream(values()).map(ExportFormat::id).collect(Collectors.joining(", ")))));
        }
        return parsed;
    }
}

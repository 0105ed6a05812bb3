package da3.cli;

import da3.io.DepthPng16;
import da3.io.DepthVis;
import da3.io.FloatTiff;
import da3.io.Glb;
import da3.io.MiniNpz;
import da3.io.Npz;
import da3.io.Pfm;
import da3.io.Trajectories;
import da3.io.colmap.ColmapFiles;
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
        List<Path> write(Export export) throws IOException {
            return List.of(MiniNpz.write(export.scene(), export.directory()));
        }
    },
    /** As that, and the processed images. */
    NPZ("exports/npz") {
        @Override
        List<Path> write(Export export) throws IOException {
            return List.of(Npz.write(export.scene(), export.directory()));
        }
    },
    /** A coloured point cloud with cameras, and a picture to find it by. */
    GLB("scene.glb") {
        @Override
        List<Path> write(Export export) throws IOException {
            return List.of(
                    Glb.write(export.scene(), export.directory(), export.glb()),
                    DepthVis.writeCover(export.scene(), export.directory()));
        }
    },
    /** Every photo beside a picture of its depth. */
    DEPTH_VIS("depth_vis") {
        @Override
        List<Path> write(Export export) throws IOException {
            return DepthVis.write(export.scene(), export.directory());
        }
    },
    /** Depth as counts of 16 bits. */
    DEPTH_PNG16("depth_png16") {
        @Override
        List<Path> write(Export export) throws IOException {
            return DepthPng16.write(export.scene(), export.directory());
        }
    },
    /** Depth as floats that the tools of vision read. */
    DEPTH_PFM("depth_pfm") {
        @Override
        List<Path> write(Export export) throws IOException {
            return Pfm.write(export.scene(), export.directory());
        }
    },
    /** Depth as floats that the tools of mapping read. */
    DEPTH_TIFF("depth_tiff") {
        @Override
        List<Path> write(Export export) throws IOException {
            return FloatTiff.write(export.scene(), export.directory());
        }
    },
    /** Features of layers as colours. */
    FEAT_VIS("feat_vis") {
        @Override
        List<Path> write(Export export) throws IOException {
            return FeatureExport.write(export);
        }
    },
    /** A model of COLMAP. */
    COLMAP("colmap") {
        @Override
        List<Path> write(Export export) throws IOException {
            return ColmapFiles.writeBinary(export.colmap(), export.directory(), "colmap/sparse/0");
        }
    },
    /** The same as text. */
    COLMAP_TEXT("colmap_text") {
        @Override
        List<Path> write(Export export) throws IOException {
            return ColmapFiles.writeText(export.colmap(), export.directory(), "colmap_text/sparse/0");
        }
    },
    /** The camera's path as quaternions. */
    TUM("trajectory_tum.txt") {
        @Override
        List<Path> write(Export export) throws IOException {
            return List.of(Trajectories.writeTum(export.scene(), export.directory()));
        }
    },
    /** The camera's path as matrices. */
    KITTI("trajectory_kitti.txt") {
        @Override
        List<Path> write(Export export) throws IOException {
            return List.of(Trajectories.writeKitti(export.scene(), export.directory()));
        }
    };

    private final String results;

    /** @param results the file or folder in an export directory that it writes */
    ExportFormat(String results) {
        this.results = results;
    }

    abstract List<Path> write(Export export) throws IOException;

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

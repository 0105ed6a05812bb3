package da3.export;

import da3.geometry.Scene;
import da3.geometry.TriangleMesh;
import da3.geometry.check.Check;
import da3.geometry.concurrent.Interrupts;
import da3.geometry.fusion.TsdfOptions;
import da3.geometry.fusion.TsdfVolume;
import da3.geometry.points.PointCloudOptions;
import da3.geometry.points.PointClouds;
import da3.io.DepthPng16;
import da3.io.DepthVis;
import da3.io.FloatTiff;
import da3.io.GaussianPly;
import da3.io.Glb;
import da3.io.MiniNpz;
import da3.io.Npz;
import da3.io.Pfm;
import da3.io.Ply;
import da3.io.PlyFormat;
import da3.io.Trajectories;
import da3.io.colmap.ColmapFiles;
import da3.nn.ModelConfig;
import da3.nn.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The export formats of predictions.
 *
 * <p>Source: reference file utils/export/__init__.py.
 */
public enum ExportFormat {
    /** Depth, confidence and cameras as one NumPy archive. */
    MINI_NPZ("exports/mini_npz") {
        @Override
        public List<Path> write(Export export) throws IOException {
            return List.of(MiniNpz.write(export.scene(), export.directory()));
        }
    },
    /** {@link #MINI_NPZ} and the processed images. */
    NPZ("exports/npz") {
        @Override
        public List<Path> write(Export export) throws IOException {
            return List.of(Npz.write(export.scene(), export.directory()));
        }
    },
    /** A colored point cloud with cameras, and a cover image. */
    GLB("scene.glb", "scene.jpg") {
        @Override
        public List<Path> write(Export export) throws IOException {
            return List.of(
                    Glb.write(
                            export.scene(), export.directory(), export.options().glb()),
                    DepthVis.writeCover(export.scene(), export.directory()));
        }
    },
    /** Every image next to its colored depth. */
    DEPTH_VIS("depth_vis") {
        @Override
        public List<Path> write(Export export) throws IOException {
            return DepthVis.write(export.scene(), export.directory());
        }
    },
    /** Depth as 16-bit integers. */
    DEPTH_PNG16("depth_png16") {
        @Override
        public List<Path> write(Export export) throws IOException {
            return DepthPng16.write(export.scene(), export.directory());
        }
    },
    /** Depth as floats in PFM files, common in computer vision. */
    DEPTH_PFM("depth_pfm") {
        @Override
        public List<Path> write(Export export) throws IOException {
            return Pfm.write(export.scene(), export.directory());
        }
    },
    /** Depth as floats in TIFF files, common in mapping. */
    DEPTH_TIFF("depth_tiff") {
        @Override
        public List<Path> write(Export export) throws IOException {
            return FloatTiff.write(export.scene(), export.directory());
        }
    },
    /** Features of backbone blocks as colors. */
    FEAT_VIS("feat_vis") {
        @Override
        public List<Path> write(Export export) throws IOException {
            return FeatureExport.write(export);
        }

        @Override
        void requireSize(int width, int height) {
            FeatureExport.requireSize(width, height);
        }
    },
    /** A COLMAP model in binary form. */
    COLMAP("colmap") {
        @Override
        public List<Path> write(Export export) throws IOException {
            return ColmapFiles.writeBinary(export.colmap(), export.directory(), "colmap/sparse/0");
        }
    },
    /** A COLMAP model as text. */
    COLMAP_TEXT("colmap_text") {
        @Override
        public List<Path> write(Export export) throws IOException {
            return ColmapFiles.writeText(export.colmap(), export.directory(), "colmap_text/sparse/0");
        }
    },
    /** The camera trajectory with quaternions. */
    TUM("trajectory_tum.txt") {
        @Override
        public List<Path> write(Export export) throws IOException {
            return List.of(Trajectories.writeTum(export.scene(), export.directory()));
        }
    },
    /** The camera trajectory with matrices. */
    KITTI("trajectory_kitti.txt") {
        @Override
        public List<Path> write(Export export) throws IOException {
            return List.of(Trajectories.writeKitti(export.scene(), export.directory()));
        }
    },
    /** 3D Gaussians for splat viewers. */
    GS_PLY("gs_ply") {
        @Override
        public List<Path> write(Export export) throws IOException {
            return List.of(GaussianPly.write(export.scene(), export.directory()));
        }

        @Override
        Set<Output> outputs() {
            return Set.of(Output.GAUSSIANS);
        }
    },
    /** A video of a flight through the Gaussians. */
    GS_VIDEO("gs_video") {
        @Override
        public List<Path> write(Export export) throws IOException {
            return List.of(export.options().gaussianVideo().write(export.scene(), export.directory()));
        }

        @Override
        void requireSize(int width, int height) {
            GaussianVideo.requireSize(width, height);
        }

        @Override
        Set<Output> outputs() {
            return Set.of(Output.GAUSSIANS);
        }
    },
    /** A colored point cloud in world coordinates. */
    PLY("points.ply") {
        @Override
        public List<Path> write(Export export) throws IOException {
            PointCloudOptions options = PointCloudOptions.defaults()
                    .withFilter(export.options().glb().filter())
                    .withMaxPoints(
                            export.options().glb().maxPoints(),
                            export.options().glb().seed());
            List<Path> file = resultsIn(export.directory());
            Ply.write(PointClouds.of(export.scene(), options), file.get(0), PlyFormat.BINARY_LITTLE_ENDIAN);
            return file;
        }
    },
    /** A surface fused from all views, in world coordinates. */
    MESH_PLY("mesh.ply") {
        @Override
        public List<Path> write(Export export) throws IOException {
            List<Path> file = resultsIn(export.directory());
            Ply.write(fused(export.scene()), file.get(0), PlyFormat.BINARY_LITTLE_ENDIAN);
            return file;
        }
    },
    /** A surface fused from all views, with the axes of glTF. */
    MESH_GLB("mesh.glb") {
        @Override
        public List<Path> write(Export export) throws IOException {
            List<Path> file = resultsIn(export.directory());
            Glb.writeMesh(fused(export.scene()), file.get(0));
            return file;
        }
    };

    private static final Set<ExportFormat> ONE_ARRAY = EnumSet.of(MINI_NPZ, NPZ);
    private static final Set<ExportFormat> ONE_SCENE =
            EnumSet.of(GLB, COLMAP, COLMAP_TEXT, TUM, KITTI, GS_PLY, GS_VIDEO, PLY, MESH_PLY, MESH_GLB);
    private static final Map<ExportFormat, String> NUMBERED =
            Map.of(DEPTH_VIS, "jpg", DEPTH_PNG16, "png", DEPTH_PFM, "pfm", DEPTH_TIFF, "tiff");

    private final List<String> results;

    /** @param results the files or the folder that the format writes below an export directory */
    ExportFormat(String... results) {
        this.results = List.of(results);
    }

    /**
     * Writes the files of the format. Each is written completely or not at all. Interrupting the thread cancels long exports.
     *
     * @return the written files
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public abstract List<Path> write(Export export) throws IOException;

    /** Returns the outputs that the format needs in addition to depth, and to cameras if the model predicts them. */
    Set<Output> outputs() {
        return Set.of();
    }

    /** Returns the outputs that formats need; empty if depth and cameras, the default of a request, are enough. */
    static Set<Output> outputs(Collection<ExportFormat> formats) {
        Set<Output> outputs = EnumSet.noneOf(Output.class);
        formats.forEach(format -> outputs.addAll(format.outputs()));
        if (!outputs.isEmpty()) {
            outputs.add(Output.CAMERA);
        }
        return outputs;
    }

    /**
     * Checks that a model predicts what formats need.
     *
     * @param model name of the model, for the message
     * @throws IllegalArgumentException if a format is not possible; the message names it
     */
    static void requireServed(Collection<ExportFormat> formats, ModelConfig config, String model) {
        for (ExportFormat format : formats) {
            if (format.outputs().contains(Output.GAUSSIANS)
                    && config.main().gaussians().isEmpty()) {
                throw new IllegalArgumentException(format.id() + " needs Gaussians, which " + model
                        + " does not predict: use a model that does (depth-anything/DA3-GIANT or"
                        + " depth-anything/DA3NESTED-GIANT-LARGE), or another format");
            }
        }
    }

    /**
     * Checks that formats support maps of a size.
     *
     * @throws IllegalArgumentException if a format does not; the message names it
     */
    static void requireSize(Collection<ExportFormat> formats, int width, int height) {
        for (ExportFormat format : formats) {
            try {
                format.requireSize(width, height);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        format.id() + " of maps of " + width + "x" + height + ": " + e.getMessage(), e);
            }
        }
    }

    /** @throws IllegalArgumentException if the format does not support maps of this size */
    void requireSize(int width, int height) {}

    private static TriangleMesh fused(Scene scene) {
        TsdfVolume volume = TsdfVolume.fuse(scene, TsdfOptions.forScene(scene));
        Interrupts.requireNone("export");
        TriangleMesh mesh = volume.extractMesh();
        Interrupts.requireNone("export");
        return mesh;
    }

    /** Returns the id, for instance {@code mini_npz}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the files or the folder of this format in an export directory. */
    public List<Path> resultsIn(Path exportDirectory) {
        return results.stream().map(exportDirectory::resolve).toList();
    }

    /** Returns whether the maps of all views form one array and must have equal sizes. */
    boolean isOneArray() {
        return ONE_ARRAY.contains(this);
    }

    /** Returns whether all views form one scene. */
    boolean isOneScene() {
        return ONE_SCENE.contains(this);
    }

    /** Deletes numbered files of an earlier export with more views, which would look like results of this one. */
    public void removeStale(Path exportDirectory, int views) throws IOException {
        if (!NUMBERED.containsKey(this)) {
            return;
        }
        Path folder = resultsIn(exportDirectory).get(0);
        for (int i = views; ; i++) {
            Path file = folder.resolve(String.format(Locale.ROOT, "%04d.%s", i, NUMBERED.get(this)));
            if (!Files.isRegularFile(file)) {
                return;
            }
            Files.delete(file);
        }
    }

    /** Returns the ids of formats joined by {@code -}, as {@link #parse} reads them. */
    public static String ids(Collection<ExportFormat> formats) {
        return formats.stream().map(ExportFormat::id).collect(Collectors.joining("-"));
    }

    /** Returns the formats and an additional one, without duplicates. */
    static List<ExportFormat> with(List<ExportFormat> formats, ExportFormat added) {
        return Stream.concat(formats.stream(), Stream.of(added)).distinct().toList();
    }

    /**
     * Returns the formats with the given ids.
     *
     * @param formats ids joined by {@code -}
     * @throws IllegalArgumentException if an id is unknown; the message lists all ids
     */
    public static List<ExportFormat> parse(String formats) {
        List<ExportFormat> parsed = new ArrayList<>();
        for (String id : formats.split("-", -1)) {
            parsed.add(Arrays.stream(values())
                    .filter(format -> format.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> Check.invalid(
                            "export format",
                            "one of "
                                    + Arrays.stream(values())
                                            .map(ExportFormat::id)
                                            .collect(Collectors.joining(", "))
                                    + ", or several joined by -",
                            "'" + id + "'")));
        }
        return parsed.stream().distinct().toList();
    }
}

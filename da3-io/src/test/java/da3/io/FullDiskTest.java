package da3.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import da3.geometry.PointCloud;
import da3.geometry.Pose;
import da3.geometry.Scene;
import da3.geometry.TriangleMesh;
import da3.geometry.splat.PixelSplats;
import da3.io.colmap.ColmapCamera;
import da3.io.colmap.ColmapCameraModel;
import da3.io.colmap.ColmapFiles;
import da3.io.colmap.ColmapImage;
import da3.io.colmap.ColmapModel;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every writer on a file system that fills up during writing. */
class FullDiskTest {

    private static final Scene SCENE = Scenes.random(256, 256, 1);

    private static final TriangleMesh MESH =
            new TriangleMesh(new float[30_000], new float[30_000], new byte[30_000], new int[30_000]);
    private static final PointCloud CLOUD = new PointCloud(MESH.positions(), MESH.colors());
    private static final Scene SPLATS = new Scene(SCENE.views(), Optional.of(PixelSplats.of(SCENE)), true);
    private static final Scene MANY = new Scene(Collections.nCopies(2000, SCENE.view(0)), Optional.empty(), true);

    @FunctionalInterface
    interface Writer {
        Object write(Scene scene, Path directory) throws IOException;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writers")
    void earlierFilesStayAndNoOthersAreLeft(String file, Writer writer) throws IOException {
        try (FileSystem files = disk()) {
            Path directory = files.getPath("/out");
            Path target = directory.resolve(file);
            Files.createDirectories(target.getParent());
            Files.writeString(target, "of an earlier run");
            assertThatThrownBy(() -> writer.write(SCENE, directory))
                    .isInstanceOf(IOException.class)
                    .hasMessage(target + " cannot be written: out of disk space");
            assertThat(contents(directory)).isEqualTo(Map.of(target.toString(), "of an earlier run"));
        }
    }

    /** The file of cameras still fits on the disk, but must not be replaced without the other two. */
    @Test
    void theThreeFilesOfAModelAreReplacedTogether() throws IOException {
        long[] unseen = new long[2000];
        Arrays.fill(unseen, ColmapImage.NO_POINT);
        ColmapModel model = new ColmapModel(
                List.of(new ColmapCamera(1, ColmapCameraModel.PINHOLE, 64, 48, new double[] {50, 50, 32, 24})),
                IntStream.range(0, 3)
                        .mapToObj(i -> new ColmapImage(i, Pose.IDENTITY, 1, i + ".jpg", new double[4000], unseen))
                        .toList(),
                List.of());
        try (FileSystem files = disk()) {
            Path directory = files.getPath("/out");
            Files.createDirectories(directory.resolve("sparse/0"));
            Map<String, String> before = new TreeMap<>();
            for (String name : List.of("cameras", "images", "points3D")) {
                for (String extension : List.of(".bin", ".txt")) {
                    Path file = directory.resolve("sparse/0").resolve(name + extension);
                    Files.writeString(file, "of an earlier run");
                    before.put(file.toString(), "of an earlier run");
                }
            }
            assertThatThrownBy(() -> ColmapFiles.writeBinary(model, directory, "sparse/0"))
                    .hasMessage("/out/sparse/0/images.bin cannot be written: out of disk space");
            assertThatThrownBy(() -> ColmapFiles.writeText(model, directory, "sparse/0"))
                    .hasMessage("/out/sparse/0/images.txt cannot be written: out of disk space");
            assertThat(contents(directory)).isEqualTo(before);
        }
    }

    private static FileSystem disk() {
        return Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setBlockSize(1024)
                .setMaxSize(64 * 1024)
                .build());
    }

    static List<Arguments> writers() {
        return List.of(
                writer("exports/mini_npz/results.npz", MiniNpz::write),
                writer("exports/npz/results.npz", Npz::write),
                writer("scene.glb", (scene, directory) -> Glb.write(scene, directory, GlbOptions.defaults())),
                writer("scene.jpg", DepthVis::writeCover),
                writer("depth_vis/0000.jpg", DepthVis::write),
                writer("depth_png16/0000.png", DepthPng16::write),
                writer("depth_pfm/0000.pfm", Pfm::write),
                writer("depth_tiff/0000.tiff", FloatTiff::write),
                writer("cloud.ply", (scene, directory) -> {
                    Ply.write(CLOUD, directory.resolve("cloud.ply"), PlyFormat.BINARY_LITTLE_ENDIAN);
                    return MESH;
                }),
                writer("mesh.ply", (scene, directory) -> {
                    Ply.write(MESH, directory.resolve("mesh.ply"), PlyFormat.BINARY_LITTLE_ENDIAN);
                    return MESH;
                }),
                writer("mesh.glb", (scene, directory) -> {
                    Glb.writeMesh(MESH, directory.resolve("mesh.glb"));
                    return MESH;
                }),
                writer(
                        "gs_ply/0000.ply",
                        (scene, directory) -> GaussianPly.write(SPLATS, directory, GaussianPlyOptions.complete())),
                writer("trajectory_tum.txt", (scene, directory) -> Trajectories.writeTum(MANY, directory)),
                writer("trajectory_kitti.txt", (scene, directory) -> Trajectories.writeKitti(MANY, directory)),
                writer(
                        "feat_vis/feat_layer_3/000000.jpg",
                        (scene, directory) ->
                                FeatureVis.write(List.of(scene.view(0).image()), 3, directory)),
                writer("frames/0007.png", (scene, directory) -> {
                    return FrameSequence.write(scene.view(0).image(), 7, ExportDirectory.open(directory));
                }));
    }

    private static Arguments writer(String file, Writer writer) {
        return Arguments.of(file, writer);
    }

    private static Map<String, String> contents(Path directory) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), Files.readString(file));
            }
        }
        return contents;
    }
}

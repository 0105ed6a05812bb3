package da3.streaming.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.PointCloud;
import da3.geometry.Pose;
import da3.geometry.math.Vec3;
import da3.io.NpyArray;
import da3.io.PlyReader;
import da3.io.PlySurface;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceFilesTest {

    private static final int PIXELS = DriftingPredictor.WIDTH * DriftingPredictor.HEIGHT;

    @TempDir
    private Path folder;

    private ReferenceMap map;

    @BeforeEach
    void run() {
        ReferenceOptions options = ReferenceOptions.defaults().withWindows(8, 4).withLoopFrames(4);
        map = new ReferenceStreaming(options, new DriftingPredictor(12, 1))
                .run(12, List.of(new LoopPair(10, 1, 0.91236)));
    }

    @Test
    void camerasAreWrittenAsText() throws IOException {
        ReferenceFiles.defaults().write(map, folder);
        List<String> poses = Files.readAllLines(folder.resolve("camera_poses.txt"));
        assertThat(poses).hasSize(12);
        double[] matrix = numbers(poses.get(9));
        assertThat(matrix).hasSize(16).endsWith(0, 0, 0, 1);
        assertThat(Pose.ofMatrix(matrix, 0)).isEqualTo(map.camerasToWorld().get(9));
        List<String> intrinsics = Files.readAllLines(folder.resolve("intrinsic.txt"));
        assertThat(intrinsics).hasSize(12);
        assertThat(numbers(intrinsics.get(9))).containsExactly(16, 7, 4, 3);
        assertThat(folder.resolve("loop_closures.txt")).hasContent("# frame, frame, similarity\n10, 1, 0.9124\n");
    }

    @Test
    void cameraCentersHaveTheColorOfTheirWindow() throws IOException {
        ReferenceFiles.defaults().write(map, folder);
        PointCloud cameras = cloud("camera_poses.ply");
        assertThat(cameras.size()).isEqualTo(12);
        Vec3 center = map.camerasToWorld().get(5).translation();
        assertThat(cameras.positions()[16]).isEqualTo((float) center.y());
        assertThat(Arrays.copyOfRange(cameras.colors(), 9, 15)).containsExactly(-1, 0, 0, 0, -1, 0);
    }

    @Test
    void pointsOfAllWindowsAreJoined() throws IOException {
        new ReferenceFiles(0, 1, 1).write(map, folder);
        PointCloud second = cloud("pcd/1_pcd.ply");
        assertThat(second.size()).isEqualTo(8 * PIXELS);
        PointCloud all = cloud("pcd/combined_pcd.ply");
        assertThat(all.size()).isEqualTo(16 * PIXELS);
        int overlap = 3 * 4 * PIXELS; // the second window starts with the second half of the first one
        for (int i = 0; i < overlap; i++) {
            assertThat(all.positions()[overlap + i]).isCloseTo(second.positions()[i], within(1e-4f));
        }
        assertThat(Arrays.copyOfRange(all.colors(), 2 * overlap, 4 * overlap)).isEqualTo(second.colors());
    }

    @Test
    void aFractionOfTheConfidentPointsIsChosen() throws IOException {
        new ReferenceFiles(1, 0.25, 1).write(map, folder);
        int confident = 0;
        AlignedWindow window = map.windows().get(0);
        for (WindowFrame frame : window.frames()) {
            for (float value : frame.confidence().values()) {
                confident += value > 1.5 ? 1 : 0; // confidences are uniform from 1 to 2
            }
        }
        assertThat(cloud("pcd/0_pcd.ply").size()).isCloseTo(confident / 4, within(10));
    }

    @Test
    void depthIsWrittenInTheWorldUnit() throws IOException {
        ReferenceFiles.defaults().write(map, folder);
        AlignedWindow window = map.windows().get(1);
        NpyArray depth = array("results_output/frame_7.npz", "depth");
        assertThat(depth.shape()).containsExactly(DriftingPredictor.HEIGHT, DriftingPredictor.WIDTH);
        assertThat(depth.floats(0, PIXELS))
                .isEqualTo(
                        window.frame(7).depth().scaled(window.toWorld().scale()).values());
        assertThat(array("results_output/frame_7.npz", "conf").floats(0, PIXELS))
                .isEqualTo(window.frame(7).confidence().values());
        try (var files = Files.list(folder.resolve("results_output"))) {
            assertThat(files).hasSize(12);
        }
    }

    private PointCloud cloud(String name) throws IOException {
        PlySurface surface = PlyReader.read(folder.resolve(name));
        return new PointCloud(surface.positions(), surface.colors());
    }

    private NpyArray array(String archive, String name) throws IOException {
        Path copy = folder.resolve("copy.npy");
        try (ZipFile zip = new ZipFile(folder.resolve(archive).toFile());
                InputStream in = zip.getInputStream(zip.getEntry(name + ".npy"))) {
            Files.write(copy, in.readAllBytes());
        }
        return NpyArray.read(copy);
    }

    private static double[] numbers(String line) {
        return Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }
}

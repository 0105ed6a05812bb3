package da3.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Pose;
import da3.geometry.math.Vec3;
import da3.io.Images;
import da3.io.colmap.ColmapFiles;
import da3.io.colmap.ColmapImage;
import da3.io.colmap.ColmapModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that read point clouds, meshes, COLMAP models and trajectories back. */
class SceneFormatsTest {

    private static final int PIXELS = SampleExport.WIDTH * SampleExport.HEIGHT;

    @TempDir
    private Path folder;

    @Test
    void glbHasPointsAndCamerasAndACover() throws IOException {
        List<Path> files = ExportFormat.GLB.write(SampleExport.to(folder));
        assertThat(gltfJson(files.get(0))).contains("\"points\"", "\"camera_0000\"", "\"camera_0001\"");
        assertThat(Images.size(files.get(1)).width()).isEqualTo(2 * SampleExport.WIDTH);
    }

    @Test
    void glbOfAMeshHasTriangles() throws IOException {
        assertThat(gltfJson(ExportFormat.MESH_GLB.write(SampleExport.to(folder)).get(0)))
                .contains("\"mesh\"", "\"mode\":4", "\"indices\"");
    }

    @Test
    void plyHasTheMostConfidentPoints() throws IOException {
        byte[] bytes = Files.readAllBytes(
                ExportFormat.PLY.write(SampleExport.to(folder)).get(0));
        String header = plyHeader(bytes);
        int points = number(header, "element vertex (\\d+)");
        assertThat(points).isBetween(PIXELS, SampleExport.VIEWS * PIXELS);
        assertThat(header).contains("format binary_little_endian 1.0", "property float x", "property uchar red");
        int floats = (int)
                header.lines().filter(line -> line.startsWith("property float")).count();
        assertThat(bytes.length).isEqualTo(header.length() + points * (Float.BYTES * floats + 3));
    }

    @Test
    void plyOfAMeshHasTriangles() throws IOException {
        byte[] bytes = Files.readAllBytes(
                ExportFormat.MESH_PLY.write(SampleExport.to(folder)).get(0));
        String header = plyHeader(bytes);
        int vertices = number(header, "element vertex (\\d+)");
        int faces = number(header, "element face (\\d+)");
        assertThat(faces).isGreaterThan(500);
        int vertexBytes = 6 * Float.BYTES + 3;
        int faceBytes = 1 + 3 * Integer.BYTES;
        assertThat(bytes.length).isEqualTo(header.length() + vertices * vertexBytes + faces * faceBytes);
        ByteBuffer lastFace =
                ByteBuffer.wrap(bytes, bytes.length - faceBytes, faceBytes).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(lastFace.get()).isEqualTo((byte) 3);
        assertThat(lastFace.getInt()).isBetween(0, vertices - 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = ExportFormat.class,
            names = {"COLMAP", "COLMAP_TEXT"})
    void colmapModelsHaveTheCamerasOfTheOriginalImages(ExportFormat format) throws IOException {
        List<Path> files = format.write(SampleExport.to(folder));
        ColmapModel model = ColmapFiles.read(files.get(0).getParent());
        assertThat(model.cameras()).hasSize(SampleExport.VIEWS).allSatisfy(camera -> {
            assertThat(camera.width()).isEqualTo(SampleExport.IMAGE_SCALE * SampleExport.WIDTH);
            assertThat(camera.height()).isEqualTo(SampleExport.IMAGE_SCALE * SampleExport.HEIGHT);
        });
        assertThat(model.images()).extracting(ColmapImage::name).containsExactly("left.jpg", "right.jpg");
        for (int v = 0; v < SampleExport.VIEWS; v++) {
            assertThat(model.images().get(v).pose().toMatrix3x4()).containsExactly(pose(v).toMatrix3x4(), within(1e-9));
            assertThat(model.camera(v + 1).lens().intrinsics().fx())
                    .isCloseTo(
                            SampleExport.IMAGE_SCALE
                                    * SampleExport.SCENE
                                            .view(v)
                                            .camera()
                                            .orElseThrow()
                                            .intrinsics()
                                            .fx(),
                            within(1e-9));
        }
        assertThat(model.points()).hasSizeGreaterThan(100).anyMatch(point -> point.images().length == 2);
    }

    @Test
    void tumTrajectoriesHaveTheCameraCenters() throws IOException {
        List<String> lines = Files.readAllLines(
                ExportFormat.TUM.write(SampleExport.to(folder)).get(0));
        assertThat(lines).hasSize(SampleExport.VIEWS);
        for (int v = 0; v < SampleExport.VIEWS; v++) {
            Vec3 center = pose(v).cameraCenter();
            double[] numbers = numbers(lines.get(v)); // time, center, quaternion
            assertThat(numbers).hasSize(8);
            assertThat(Arrays.copyOf(numbers, 4))
                    .containsExactly(new double[] {v, center.x(), center.y(), center.z()}, within(1e-9));
        }
    }

    @Test
    void kittiTrajectoriesHaveCameraToWorldMatrices() throws IOException {
        List<String> lines = Files.readAllLines(
                ExportFormat.KITTI.write(SampleExport.to(folder)).get(0));
        assertThat(lines).hasSize(SampleExport.VIEWS);
        for (int v = 0; v < SampleExport.VIEWS; v++) {
            assertThat(numbers(lines.get(v))).containsExactly(pose(v).inverse().toMatrix3x4(), within(1e-9));
        }
    }

    private static Pose pose(int view) {
        return SampleExport.SCENE.view(view).camera().orElseThrow().pose();
    }

    private static double[] numbers(String line) {
        return Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    /** Checks the header of a binary glTF file and returns its JSON chunk. */
    private static String gltfJson(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(new String(bytes.array(), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("glTF");
        assertThat(bytes.getInt(4)).isEqualTo(2);
        assertThat(bytes.getInt(8)).isEqualTo(bytes.capacity());
        return new String(bytes.array(), 20, bytes.getInt(12), StandardCharsets.UTF_8);
    }

    private static String plyHeader(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String header = text.substring(0, text.indexOf("end_header\n") + "end_header\n".length());
        assertThat(header).startsWith("ply\n");
        return header;
    }

    private static int number(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return Integer.parseInt(matcher.group(1));
    }
}

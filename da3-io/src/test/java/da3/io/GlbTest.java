package da3.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.io.internal.CameraWireframe;
import da3.io.internal.ScenePoints;
import de.javagl.jgltf.model.AccessorByteData;
import de.javagl.jgltf.model.AccessorFloatData;
import de.javagl.jgltf.model.AccessorModel;
import de.javagl.jgltf.model.GltfModel;
import de.javagl.jgltf.model.MeshPrimitiveModel;
import de.javagl.jgltf.model.io.GltfModelReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the files back with jgltf. */
class GlbTest {

    private static final int POINTS = 0;
    private static final int LINES = 1;

    private static final GlbOptions ALL = GlbOptions.defaults().withPercentiles(0, 0);

    @TempDir
    Path dir;

    @Test
    void pointsAndCamerasAreReadBack() throws IOException {
        Scene scene = Scenes.random(20, 10, 3);
        Path file = Glb.write(scene, dir, GlbOptions.defaults());
        assertThat(file).isEqualTo(dir.resolve("scene.glb"));
        GltfModel model = read(file);

        List<MeshPrimitiveModel> primitives = primitives(model);
        assertThat(primitives).extracting(MeshPrimitiveModel::getMode).containsExactly(POINTS, LINES, LINES);
        // The 40 % least confident of 400 points are removed.
        assertThat(positions(primitives.get(0)).getNumElements()).isEqualTo(240);
        assertThat(positions(primitives.get(1)).getNumElements()).isEqualTo(16);
        JsonNode accessors = json(file).path("accessors");
        for (int i = 0; i < primitives.size(); i++) {
            MeshPrimitiveModel primitive = primitives.get(i);
            assertBoundsHold(accessors.path(2 * i), positions(primitive));
            assertThat(colors(primitive).getNumElements())
                    .isEqualTo(positions(primitive).getNumElements());
        }
        assertThat(bytes(colors(primitives.get(1)), 0)).containsExactly(CameraWireframe.color(0, 2));
        assertThat(bytes(colors(primitives.get(2)), 15)).containsExactly(CameraWireframe.color(1, 2));
        assertThat(model.getNodeModels())
                .extracting(node -> node.getName())
                .containsExactly("points", "camera_0000", "camera_0001");
    }

    @Test
    void theFirstCameraLooksAlongMinusZAndTheMedianIsTheOrigin() throws IOException {
        // The camera is at (0, 0, -5) and looks along x; its x axis is -z of the world, its y axis that of the world.
        Pose pose = new Pose(new Mat3(0, 0, -1, 0, 1, 0, 1, 0, 0), Vec3.ZERO);
        pose = pose.withTranslation(pose.rotation().times(new Vec3(0, 0, 5)));
        View view = Scenes.plain(3, 1, 4, 2, 4);
        byte[] rgb = {10, 20, 30, 40, 50, 60, 70, 80, 90};
        view = new View(
                new Image(3, 1, rgb),
                view.depth(),
                Optional.empty(),
                Optional.of(new Camera(pose, new Intrinsics(2, 2, 1, 0))));
        Path file = Glb.write(Scenes.of(false, view), dir, GlbOptions.defaults());
        GltfModel model = read(file);

        MeshPrimitiveModel points = primitives(model).get(0);
        // In camera coordinates (-2, 0, 4), (0, 0, 2), (2, 0, 4): the median is (0, 0, 4).
        assertThat(floats(positions(points), 0)).containsExactly(new float[] {-2, 0, 0}, within(1e-6f));
        assertThat(floats(positions(points), 1)).containsExactly(new float[] {0, 0, 2}, within(1e-6f));
        assertThat(floats(positions(points), 2)).containsExactly(new float[] {2, 0, 0}, within(1e-6f));
        assertThat(bytes(colors(points), 1)).containsExactly(40, 50, 60);

        MeshPrimitiveModel camera = primitives(model).get(1);
        assertThat(floats(positions(camera), 0)).containsExactly(new float[] {0, 0, 4}, within(1e-6f));
        // the top left corner, 0.03 of the extent in front of the center
        double size = 0.03 * Math.hypot(3.6, 1.8);
        assertThat(floats(positions(camera), 1))
                .containsExactly(new float[] {(float) (-size / 2), 0, (float) (4 - size)}, within(1e-5f));

        // World point (5, 0, -5) is 5 in front of the camera.
        double[] alignment = alignment(model);
        assertThat(row(alignment, 0, 5, 0, -5)).isCloseTo(0, within(1e-9));
        assertThat(row(alignment, 1, 5, 0, -5)).isCloseTo(0, within(1e-9));
        assertThat(row(alignment, 2, 5, 0, -5)).isCloseTo(-1, within(1e-9));
    }

    @Test
    void withoutCameraAndConfidenceAllPointsAreSpreadOver60Degrees() throws IOException {
        float[] depths = new float[64];
        Arrays.fill(depths, 3);
        depths[5] = 0;
        depths[6] = Float.NaN;
        depths[7] = Float.POSITIVE_INFINITY;
        GltfModel model = read(Glb.write(Scenes.of(true, Scenes.plain(16, 4, depths)), dir, GlbOptions.defaults()));
        assertThat(primitives(model)).singleElement();
        AccessorModel positions = primitives(model).get(0).getAttributes().get("POSITION");
        assertThat(positions.getCount()).isEqualTo(61);
        // From the left edge to one pixel before the right edge.
        double across = positions.getMax()[0].doubleValue() - positions.getMin()[0].doubleValue();
        assertThat(across).isCloseTo(15 / 16.0 * 2 * 3 * Math.tan(Math.toRadians(30)), within(1e-5));
    }

    @Test
    void skyIsOmitted() throws IOException {
        float[] depths = new float[40];
        Arrays.fill(depths, 2);
        float[] scores = new float[40];
        Arrays.fill(scores, 0, 15, 0.3f);
        assertThat(count(withSky(Scenes.plain(10, 4, depths), scores))).isEqualTo(25);
        // With only ten pixels that are not sky, the sky map is ignored.
        Arrays.fill(scores, 0, 30, 0.9f);
        assertThat(count(withSky(Scenes.plain(10, 4, depths), scores))).isEqualTo(40);
    }

    private long count(View view) throws IOException {
        GltfModel model = read(Glb.write(Scenes.of(false, view), dir, GlbOptions.defaults()));
        return positions(primitives(model).get(0)).getNumElements();
    }

    private static View withSky(View view, float[] scores) {
        ScalarMap sky = new ScalarMap(view.depth().width(), view.depth().height(), scores);
        return new View(view.image(), view.depth(), view.confidence(), view.camera(), Optional.of(sky));
    }

    @Test
    void subsamplingFollowsFromTheSeed() throws IOException {
        Scene scene = Scenes.random(20, 10, 3);
        GlbOptions some = ALL.withMaxPoints(50).withCameras(false, 1);
        byte[] once = Files.readAllBytes(Glb.write(scene, dir, some));
        byte[] again = Files.readAllBytes(Glb.write(scene, dir, some));
        byte[] other = Files.readAllBytes(Glb.write(scene, dir, some.withSeed(7)));
        assertThat(again).isEqualTo(once).isNotEqualTo(other);
        GltfModel model = read(dir.resolve("scene.glb"));
        assertThat(primitives(model)).hasSize(1);
        assertThat(positions(primitives(model).get(0)).getNumElements()).isEqualTo(50);
    }

    @Test
    void subsamplingIsUniform() {
        ScenePoints points = new ScenePoints(new float[3 * 10], new byte[3 * 10]);
        for (int i = 0; i < 10; i++) {
            points.positions()[3 * i] = i;
        }
        int[] chosen = new int[10];
        for (int seed = 0; seed < 2000; seed++) {
            ScenePoints few = points.atMost(4, seed);
            assertThat(few.count()).isEqualTo(4);
            for (int i = 0; i < 4; i++) {
                chosen[(int) few.positions()[3 * i]]++;
            }
        }
        // Each is expected 800 times, with a standard deviation of 22.
        for (int times : chosen) {
            assertThat(times).isBetween(700, 900);
        }
    }

    @Test
    void aSceneWithoutPointsIsAValidFile() throws IOException {
        GltfModel model = read(Glb.write(Scenes.of(false, Scenes.plain(2, 1, 0, 0)), dir, GlbOptions.defaults()));
        assertThat(model.getMeshModels()).isEmpty();
        assertThat(model.getSceneModels()).hasSize(1);
    }

    @Test
    void camerasHaveDifferentHues() {
        assertThat(CameraWireframe.color(0, 2)).containsExactly(139, 242, 36);
        assertThat(CameraWireframe.color(1, 2)).containsExactly(139, 36, 242);
        assertThat(CameraWireframe.color(0, 1)).containsExactly(36, 242, 242);
    }

    @Test
    void invalidArgumentsAreRefused() {
        assertThatThrownBy(() -> Glb.write(Scenes.of(false), dir, ALL))
                .hasMessage("number of views must be positive, got 0");
        assertThatThrownBy(() -> ALL.withMaxPoints(0))
                .hasMessage("number of points must be from 1 to 100000000, got 0");
        assertThatThrownBy(() -> ALL.withPercentiles(40, 101)).hasMessageContainingAll("0 to 100", "101.0");
        assertThatThrownBy(() -> ALL.withCameras(true, 0))
                .hasMessage("camera size must be positive and finite, got 0.0");
        assertThatThrownBy(() -> ALL.withConfidenceThreshold(Double.NaN)).hasMessageContaining("NaN");
        assertThat(dir).isEmptyDirectory();
    }

    private static GltfModel read(Path file) throws IOException {
        return new GltfModelReader().read(file);
    }

    private static List<MeshPrimitiveModel> primitives(GltfModel model) {
        return model.getMeshModels().stream()
                .flatMap(mesh -> mesh.getMeshPrimitiveModels().stream())
                .toList();
    }

    private static AccessorFloatData positions(MeshPrimitiveModel primitive) {
        return (AccessorFloatData) primitive.getAttributes().get("POSITION").getAccessorData();
    }

    private static AccessorByteData colors(MeshPrimitiveModel primitive) {
        AccessorModel accessor = primitive.getAttributes().get("COLOR_0");
        assertThat(accessor.isNormalized()).isTrue();
        AccessorByteData colors = (AccessorByteData) accessor.getAccessorData();
        assertThat(colors.isUnsigned()).isTrue();
        return colors;
    }

    /** Returns the JSON chunk, because jgltf computes its own bounds. */
    private static JsonNode json(Path glb) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(glb)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getInt(8)).isEqualTo(bytes.capacity());
        return new ObjectMapper().readTree(bytes.array(), 20, bytes.getInt(12));
    }

    private static void assertBoundsHold(JsonNode accessor, AccessorFloatData positions) {
        for (int axis = 0; axis < 3; axis++) {
            float min = Float.POSITIVE_INFINITY;
            float max = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < positions.getNumElements(); i++) {
                min = Math.min(min, positions.get(i, axis));
                max = Math.max(max, positions.get(i, axis));
            }
            assertThat(accessor.path("min").path(axis).floatValue()).isEqualTo(min);
            assertThat(accessor.path("max").path(axis).floatValue()).isEqualTo(max);
        }
    }

    private static float[] floats(AccessorFloatData data, int element) {
        return new float[] {data.get(element, 0), data.get(element, 1), data.get(element, 2)};
    }

    private static byte[] bytes(AccessorByteData data, int element) {
        assertThat(data.get(element, 3)).isEqualTo((byte) 255);
        return new byte[] {data.get(element, 0), data.get(element, 1), data.get(element, 2)};
    }

    /** Returns the 4x4 alignment matrix, row-major. */
    private static double[] alignment(GltfModel model) {
        Map<?, ?> extras = (Map<?, ?>) model.getSceneModels().get(0).getExtras();
        return ((List<?>) extras.get("hf_alignment"))
                .stream()
                        .flatMap(row -> ((List<?>) row).stream())
                        .mapToDouble(value -> ((Number) value).doubleValue())
                        .toArray();
    }

    private static double row(double[] matrix, int row, double x, double y, double z) {
        return matrix[4 * row] * x + matrix[4 * row + 1] * y + matrix[4 * row + 2] * z + matrix[4 * row + 3];
    }
}

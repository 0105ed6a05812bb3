package da3.nn.nd4j.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class Nd4jScenesTest {

    private static final int WIDTH = 3;
    private static final int HEIGHT = 2;

    private final Scene scene =
            new Scene(IntStream.range(0, 2).mapToObj(Nd4jScenesTest::view).toList(), Optional.empty(), false);

    private final List<Camera> cameras =
            scene.views().stream().map(view -> view.camera().orElseThrow()).toList();

    @Test
    void arraysHaveTheDocumentedShapes() {
        assertThat(Nd4jScenes.images(scene).shape()).containsExactly(2, HEIGHT, WIDTH, 3);
        assertThat(Nd4jScenes.depth(scene).shape()).containsExactly(2, HEIGHT, WIDTH);
        assertThat(Nd4jScenes.confidence(scene)).isEmpty();
        assertThat(Nd4jScenes.extrinsics(cameras).shape()).containsExactly(2, 3, 4);
        assertThat(Nd4jScenes.intrinsics(cameras).shape()).containsExactly(2, 3, 3);
        assertThat(Nd4jScenes.features(new float[2 * 2 * 3 * 5], 2, 2, 3).shape())
                .containsExactly(2, 2, 3, 5);
    }

    @Test
    void valuesAreWhereTheIndicesSay() {
        assertThat(Nd4jScenes.depth(scene).getFloat(1, 1, 2))
                .isEqualTo(scene.view(1).depth().at(2, 1));
        assertThat(Nd4jScenes.images(scene).getFloat(1, 1, 2, 0))
                .isEqualTo(scene.view(1).image().channel(2, 1, 0) / 255f);
        assertThat(Nd4jScenes.extrinsics(cameras).getDouble(1, 0, 3)).isEqualTo(1);
        assertThat(Nd4jScenes.intrinsics(cameras).getDouble(1, 0, 2)).isEqualTo(1.5);
    }

    @Test
    void convertingThereAndBackKeepsAllValues() {
        assertThat(Nd4jScenes.toImages(Nd4jScenes.images(scene)).get(1).rgb())
                .isEqualTo(scene.view(1).image().rgb());
        assertThat(Nd4jScenes.toMaps(Nd4jScenes.depth(scene)).get(1).values())
                .isEqualTo(scene.view(1).depth().values());
        assertThat(Nd4jScenes.toPoses(Nd4jScenes.extrinsics(cameras)))
                .isEqualTo(cameras.stream().map(Camera::pose).toList());
        assertThat(Nd4jScenes.toIntrinsics(Nd4jScenes.intrinsics(cameras)))
                .isEqualTo(cameras.stream().map(Camera::intrinsics).toList());
    }

    @Test
    void viewsOfArraysAndOtherTypesAreRead() {
        INDArray numbers = Nd4j.createFromArray(1.0, 2.0, 3.0, 4.0, 5.0, 6.0).reshape('c', 2, 3);
        assertThat(Nd4jScenes.values(numbers.transpose())).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(Nd4jScenes.values(numbers.getRow(1))).containsExactly(4, 5, 6);
        assertThat(Nd4jScenes.values(numbers.castTo(DataType.INT32))).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void otherShapesAreRejected() {
        assertThatThrownBy(() -> Nd4jScenes.toPoses(Nd4j.zeros(2, 4, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shape of extrinsics must be [any, 3, 4], got [2, 4, 4]");
        assertThatThrownBy(() -> Nd4jScenes.features(new float[7], 1, 1, 2)).hasMessageContaining("a multiple of 2");
        assertThatThrownBy(() ->
                        Nd4jScenes.maps(List.of(new ScalarMap(1, 2, new float[2]), new ScalarMap(2, 1, new float[2]))))
                .hasMessage("size of all views must be that of the first, 1x2, got 2x1");
    }

    private static View view(int v) {
        Random random = new Random(v);
        byte[] rgb = new byte[WIDTH * HEIGHT * 3];
        random.nextBytes(rgb);
        float[] depth = new float[WIDTH * HEIGHT];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = random.nextFloat();
        }
        return new View(
                new Image(WIDTH, HEIGHT, rgb),
                new ScalarMap(WIDTH, HEIGHT, depth),
                Optional.empty(),
                Optional.of(new Camera(
                        new Pose(Mat3.IDENTITY, new Vec3(v, 0, 0)), new Intrinsics(3, 4, WIDTH / 2.0, HEIGHT / 2.0))),
                Optional.empty());
    }
}

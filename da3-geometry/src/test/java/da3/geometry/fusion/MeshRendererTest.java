package da3.geometry.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.TriangleMesh;
import org.junit.jupiter.api.Test;

class MeshRendererTest {

    private static final Camera CAMERA = new Camera(Pose.IDENTITY, new Intrinsics(40, 40, 20, 15));

    /**
     * A square that faces the camera, a nearer one facing away in front of its left half, and a triangle behind the
     * camera.
     */
    private static final TriangleMesh MESH = new TriangleMesh(
            new float[] {-1, -1, 4, 1, -1, 4, 1, 1, 4, -1, 1, 4, -1, -1, 2, 0, -1, 2, 0, 1, 2, 0, 0, -1},
            new float[] {0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, -1},
            new byte[24],
            new int[] {0, 1, 2, 0, 2, 3, 4, 5, 6, 0, 1, 7});

    @Test
    void showsTheNearestSurfaceShadedByItsNormals() {
        Image image = MeshRenderer.of(MESH, CAMERA, 40, 30);
        assertThat(image.channel(26, 15, 0)).isBetween(225, 235);
        assertThat(image.channel(18, 10, 0)).isEqualTo(59); // a quarter of 235
        assertThat(image.channel(1, 28, 0)).isEqualTo(250);
        assertThat(image.channel(39, 0, 2)).isEqualTo(250);
    }

    @Test
    void rejectsInvalidSizesAndCameras() {
        assertThatThrownBy(() -> MeshRenderer.of(MESH, CAMERA, 0, 3)).hasMessageContaining("got 0x3");
        Camera flat = new Camera(Pose.IDENTITY, new Intrinsics(0, 1, 1, 1));
        assertThatThrownBy(() -> MeshRenderer.of(MESH, flat, 3, 3))
                .hasMessageContaining("focal lengths of the camera's intrinsics must be positive, got 0.0");
    }
}

package da3.geometry.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import da3.geometry.TriangleMesh;
import org.junit.jupiter.api.Test;

class MeshComponentsTest {

    /** A single triangle, a square of two, and an unused vertex. */
    private static final TriangleMesh MESH = new TriangleMesh(
            new float[] {9, 9, 9, 0, 0, 0, 1, 0, 0, 0, 1, 0, 5, 0, 0, 6, 0, 0, 6, 1, 0, 5, 1, 0},
            new float[24],
            new byte[] {0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7, 7},
            new int[] {1, 2, 3, 4, 5, 6, 4, 6, 7});

    @Test
    void componentsShareVertices() {
        MeshComponents components = MeshComponents.of(MESH);
        assertThat(components.count()).isEqualTo(2);
        assertThat(components.sizes()).containsExactly(1, 2);
    }

    @Test
    void removesSmallComponentsWithTheirVertices() {
        TriangleMesh kept = MeshComponents.of(MESH).atLeast(2);
        assertThat(kept.triangles()).containsExactly(0, 1, 2, 0, 2, 3);
        assertThat(kept.colors()).containsExactly(4, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7, 7);
        assertThat(kept.positions()).startsWith(5, 0, 0, 6, 0, 0);
        assertThat(MeshComponents.of(MESH).atLeast(0).vertexCount()).isEqualTo(7);
        assertThat(MeshComponents.of(MESH).atLeast(3).triangleCount()).isZero();
    }

    @Test
    void rejectsInvalidArguments() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeshComponents.of(MESH).atLeast(-1))
                .withMessageContaining("at least 0, got -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MESH.withTriangles(new int[] {0, 1}))
                .withMessageContaining("2 indices");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TriangleMesh(new float[3], new float[3], new byte[3], new int[] {0, 0, 1}))
                .withMessageContaining("vertex index of a triangle must be from 0 to 0, got 1");
    }
}

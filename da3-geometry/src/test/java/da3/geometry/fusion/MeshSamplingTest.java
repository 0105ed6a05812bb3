package da3.geometry.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.TriangleMesh;
import org.junit.jupiter.api.Test;

class MeshSamplingTest {

    /** A triangle of area 0.5 at x from 0, an empty one, and one of area 1.5 at x from 10. */
    private static final TriangleMesh MESH = new TriangleMesh(
            new float[] {0, 0, 0, 1, 0, 0, 0, 1, 0, 10, 0, 0, 13, 0, 0, 10, 1, 0},
            new float[18],
            new byte[18],
            new int[] {0, 1, 2, 0, 1, 1, 3, 4, 5});

    @Test
    void pointsFollowTheArea() {
        assertThat(MeshSampling.area(MESH)).isEqualTo(2);
        double[] points = MeshSampling.uniform(MESH, 8000, 42);
        int left = 0;
        double x = 0;
        double y = 0;
        for (int i = 0; i < points.length; i += 3) {
            boolean small = points[i] < 5;
            double along = small ? points[i] : (points[i] - 10) / 3;
            assertThat(along).isNotNegative();
            assertThat(points[i + 1]).isNotNegative();
            assertThat(along + points[i + 1]).isLessThanOrEqualTo(1 + 1e-12);
            assertThat(points[i + 2]).isZero();
            left += small ? 1 : 0;
            x += along / 8000;
            y += points[i + 1] / 8000;
        }
        assertThat(left).isEqualTo(2000);
        assertThat(x).isCloseTo(1 / 3.0, within(0.01)); // of the centroids
        assertThat(y).isCloseTo(1 / 3.0, within(0.01));
    }

    @Test
    void oneSeedGivesTheSamePoints() {
        assertThat(MeshSampling.uniform(MESH, 50, 1)).containsExactly(MeshSampling.uniform(MESH, 50, 1));
        assertThat(MeshSampling.uniform(MESH, 50, 1)).isNotEqualTo(MeshSampling.uniform(MESH, 50, 2));
    }

    @Test
    void rejectsMeshesWithoutArea() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeshSampling.uniform(MESH.withTriangles(new int[] {0, 1, 1}), 5, 1))
                .withMessage("area of the mesh must be positive and finite, got 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeshSampling.uniform(MESH, 0, 1))
                .withMessage("number of points must be positive, got 0");
    }
}

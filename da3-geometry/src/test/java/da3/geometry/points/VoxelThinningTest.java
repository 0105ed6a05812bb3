package da3.geometry.points;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class VoxelThinningTest {

    @Test
    void aVoxelHoldsTheMeanOfItsPoints() {
        // The grid begins at -0.5: the first two points share a voxel, which ends before 0.5.
        double[] points = {0, 0, 0, 0.25, 0.25, 0.25, 0.5, 0, 0, 0, 0, 7};
        assertThat(VoxelThinning.of(points, 1)).containsExactly(0.125, 0.125, 0.125, 0.5, 0, 0, 0, 0, 7);
    }

    @Test
    void voxelsMoveWithThePoints() {
        double[] points = {1000, -1000, 0, 1000.25, -999.75, 0.25, 1000.5, -1000, 0};
        assertThat(VoxelThinning.of(points, 1)).containsExactly(1000.125, -999.875, 0.125, 1000.5, -1000, 0);
    }

    @Test
    void smallVoxelsKeepAllPoints() {
        double[] points = {0, 0, 0, 1, 0, 0, 1, 2, 0};
        assertThat(VoxelThinning.of(points, 1e-3)).containsExactly(points);
        assertThat(VoxelThinning.of(new double[0], 1)).isEmpty();
    }

    @Test
    void rejectsSizesThatAreNotPositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VoxelThinning.of(new double[3], 0))
                .withMessage("voxel size must be positive and finite, got 0.0");
    }
}

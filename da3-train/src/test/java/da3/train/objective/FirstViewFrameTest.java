package da3.train.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Pose;
import da3.geometry.math.Vec3;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FirstViewFrameTest {

    private final StudentTruth truth = SmallBatch.truth();
    private final StudentTruth moved = FirstViewFrame.of(truth);

    @Test
    void theFirstViewOfEachSceneIsTheOrigin() {
        float[] identity = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0};
        assertThat(Arrays.copyOfRange(moved.extrinsics(), 0, 12)).isEqualTo(identity);
        assertThat(Arrays.copyOfRange(moved.extrinsics(), 24, 36)).isEqualTo(identity);
    }

    @Test
    void keepsTheRelativePosesOfViews() {
        Vec3 inFirst = new Vec3(0.3, -0.4, 2);
        Pose first = Cameras.worldToCamera(truth, 2);
        Vec3 before = Cameras.worldToCamera(truth, 3).transform(first.inverse().transform(inFirst));
        Vec3 after = Cameras.worldToCamera(moved, 3).transform(inFirst);
        assertThat(after.plus(before.times(-1)).norm()).isCloseTo(0, within(1e-6));
    }
}

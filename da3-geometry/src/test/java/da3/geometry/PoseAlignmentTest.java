package da3.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoseAlignmentTest {

    @ParameterizedTest
    @ValueSource(ints = {4, 15})
    void bringsGivenCamerasToThePredictedOnesAndDepthTheOtherWay(int views) {
        RandomGeometry random = new RandomGeometry(6);
        Sim3 truth = new Sim3(4, random.rotation(), random.point());
        List<Pose> given = random.poses(views);
        List<Pose> predicted = given.stream().map(truth::applyToPose).toList();
        PoseAlignment alignment = PoseAlignment.of(predicted, given, 42);
        for (int i = 0; i < views; i++) {
            assertThat(RandomGeometry.distance(alignment.inPredictedFrame(given.get(i)), predicted.get(i)))
                    .isLessThan(1e-10);
        }
        ScalarMap depth = alignment.depthInGivenScale(new ScalarMap(2, 1, new float[] {8, 2}));
        assertThat(depth.values()).containsExactly(new float[] {2, 0.5f}, within(1e-6f));
    }
}

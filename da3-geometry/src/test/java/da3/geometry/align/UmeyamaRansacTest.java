package da3.geometry.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.Pose;
import da3.geometry.RandomGeometry;
import da3.geometry.Sim3;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class UmeyamaRansacTest {

    private final RandomGeometry random = new RandomGeometry(5);
    private final Sim3 truth = new Sim3(1.4, random.rotation(), random.point());

    @Test
    void isRobustAgainstAnOutlier() {
        List<Pose> estimated = random.poses(12);
        List<Pose> reference = new ArrayList<>(estimated.stream()
                .map(p -> truth.applyToPose(
                        p.withTranslation(p.translation().plus(random.point().times(0.01)))))
                .toList());
        reference.set(4, new Pose(Mat3.IDENTITY, new Vec3(30, -20, 10)));
        double robust = RandomGeometry.distance(
                UmeyamaRansac.align(reference, estimated, UmeyamaRansac.subsets(12, 42)), truth);
        double plain = RandomGeometry.distance(Umeyama.align(reference, estimated), truth);
        assertThat(robust).isLessThan(0.1);
        assertThat(plain).isGreaterThan(10 * robust);
    }

    @Test
    void subsetsAreHalfTheViewsWithoutRepetitionAndRepeatable() {
        int[][] subsets = UmeyamaRansac.subsets(13, 42);
        assertThat(subsets.length).isEqualTo(10);
        for (int[] subset : subsets) {
            assertThat(subset).hasSize(7).doesNotHaveDuplicates();
            assertThat(Arrays.stream(subset).allMatch(i -> i >= 0 && i < 13)).isTrue();
        }
        assertThat(subsets).isDeepEqualTo(UmeyamaRansac.subsets(13, 42));
        assertThat(UmeyamaRansac.subsets(3, 1)[0]).hasSize(3);
    }

    @Test
    void rejectsCollinearCameras() {
        List<Pose> line = List.of(
                new Pose(Mat3.IDENTITY, new Vec3(0, 0, 0)),
                new Pose(Mat3.IDENTITY, new Vec3(0, 0, 1)),
                new Pose(Mat3.IDENTITY, new Vec3(0, 0, 2)));
        assertThatThrownBy(() -> UmeyamaRansac.align(line, line, UmeyamaRansac.subsets(3, 1)))
                .isInstanceOf(DegenerateGeometryException.class);
        assertThatThrownBy(() -> UmeyamaRansac.subsets(2, 1)).isInstanceOf(DegenerateGeometryException.class);
    }
}

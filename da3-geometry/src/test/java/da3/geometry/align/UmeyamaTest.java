package da3.geometry.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.DegenerateGeometryException;
import da3.geometry.Pose;
import da3.geometry.RandomGeometry;
import da3.geometry.Sim3;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UmeyamaTest {

    private final RandomGeometry random = new RandomGeometry(3);
    private final Sim3 truth = new Sim3(2.5, random.rotation(), random.point());

    @Test
    void findsTheSimilarityBetweenTwoSetsOfCameras() {
        List<Pose> estimated = random.poses(5);
        List<Pose> reference = estimated.stream().map(truth::applyToPose).toList();
        assertThat(RandomGeometry.distance(Umeyama.align(reference, estimated), truth))
                .isLessThan(1e-12);
    }

    @Test
    void threePointsAreEnoughAndGiveNoReflection() {
        List<Vec3> estimated = List.of(new Vec3(0, 0, 0), new Vec3(1, 0, 0), new Vec3(0, 1, 0));
        List<Vec3> reference = estimated.stream().map(truth::transform).toList();
        assertThat(RandomGeometry.distance(Umeyama.alignPoints(reference, estimated), truth))
                .isLessThan(1e-12);
    }

    @Test
    void mirroredPointsStillGiveARotation() {
        List<Vec3> estimated =
                IntStream.range(0, 6).mapToObj(i -> random.point()).toList();
        List<Vec3> mirrored =
                estimated.stream().map(p -> new Vec3(-p.x(), p.y(), p.z())).toList();
        Mat3 rotation = Umeyama.alignPoints(mirrored, estimated).rotation();
        assertThat(rotation.determinant()).isGreaterThan(0.999);
    }

    @Test
    void rejectsPointsThatDetermineNoRotation() {
        List<Vec3> line =
                IntStream.range(0, 5).mapToObj(i -> new Vec3(i, 2 * i, 0.3 * i)).toList();
        List<Vec3> moved = line.stream().map(truth::transform).toList();
        assertThatThrownBy(() -> Umeyama.alignPoints(moved, line))
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessageContaining("5 points that are collinear or coincide");
        List<Vec3> onePlace = List.of(new Vec3(1, 1, 1), new Vec3(1, 1, 1), new Vec3(1, 1, 1));
        assertThatThrownBy(() -> Umeyama.alignPoints(onePlace, onePlace))
                .isInstanceOf(DegenerateGeometryException.class);
        assertThatThrownBy(() -> Umeyama.align(random.poses(2), random.poses(2)))
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessageContaining("at least 3, got 2");
        assertThatThrownBy(() -> Umeyama.align(random.poses(4), random.poses(5)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package da3.evaluation.mode;

import static org.assertj.core.api.Assertions.assertThat;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViewSelectionTest {

    /** Cameras along the x axis, turned by an angle each. */
    private static List<Camera> line(int count, double step, double degrees) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    double a = Math.toRadians(i * degrees);
                    Mat3 turn = new Mat3(Math.cos(a), 0, Math.sin(a), 0, 1, 0, -Math.sin(a), 0, Math.cos(a));
                    return new Camera(
                            new Pose(turn, turn.times(new Vec3(i * step, 0, 0)).times(-1)), new Intrinsics(1, 1, 0, 0));
                })
                .toList();
    }

    @Test
    void everyEighthViewIsHeldOut() {
        ViewSelection selection = ViewSelection.of(line(10, 1, 0));
        assertThat(selection.heldOut()).containsExactly(0, 8);
        assertThat(selection.context()).containsExactly(1, 2, 3, 4, 5, 6, 7, 9);
        assertThat(ViewSelection.of(line(50, 1, 0)).context()).hasSize(12).doesNotContain(0, 8, 16, 24, 32, 40, 48);
    }

    @Test
    void contextViewsAreFarApart() {
        List<Integer> views = IntStream.range(1, 10).boxed().toList();
        assertThat(ViewSelection.farthest(line(10, 1, 0), views, 3)).containsExactly(1, 5, 9);
        assertThat(ViewSelection.farthest(line(10, 0, 20), views, 3)).containsExactly(1, 5, 9); // they only turn
    }
}

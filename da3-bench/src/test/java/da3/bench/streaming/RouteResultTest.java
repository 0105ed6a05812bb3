package da3.bench.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import da3.geometry.Pose;
import da3.streaming.StreamingOptions;
import da3.streaming.reference.ReferenceOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streaming with an oracle on a closed route through a building with identical corridors. */
class RouteResultTest {

    private static final double STEP = 0.4;
    private static final CorridorBuilding BUILDING = new CorridorBuilding();

    @TempDir
    private Path folder;

    @Test
    void trueLoopsCorrectTheMap() throws IOException {
        RouteViews views = RouteViews.render(BUILDING, Route.POLYLINE, STEP, 42, 28);
        Appearance appearance = Appearance.draw(BUILDING, views.poses(), 0.5, 48, 1);
        BuildingOracle oracle = new BuildingOracle(views, appearance, BuildingOracle.Errors.usual(), 1);
        RouteResult result = RouteResult.of(
                oracle,
                StreamingOptions.defaults().withWindow(16, 4),
                ReferenceOptions.defaults().withWindows(16, 8).withLoopFrames(8),
                folder);
        assertThat(result.error()).isLessThan(0.2 * result.errorWithoutLoops());
        assertThat(result.tested() - result.trueTested())
                .isGreaterThanOrEqualTo((int) Math.ceil(0.3 * result.tested()));
        assertThat(result.accepted()).isEqualTo(result.trueAccepted());
        assertThat(result.trueAccepted()).isGreaterThanOrEqualTo((int) Math.ceil(0.8 * result.trueTested()));
        assertThat(result.scaleError()).isLessThan(0.01);
        // The procedure of the reference trusts every loop.
        assertThat(result.reference().errorOfAllLoops()).isGreaterThan(10 * result.error());
    }

    /** A camera in a corridor has a counterpart at the same place of every other corridor, which sees the same. */
    @Test
    void corridorsAreIdentical() {
        RouteViews views = RouteViews.render(BUILDING, Route.POLYLINE, 2, 14, 14);
        Pose pose = views.camera(3).pose();
        int own = BUILDING.corridor(pose.cameraCenter()).orElseThrow();
        for (int other = 0; other < BUILDING.corridors(); other++) {
            Pose counterpart = BUILDING.counterpart(pose, own, other);
            assertThat(BUILDING.corridor(counterpart.cameraCenter())).contains(other);
            assertThat(BUILDING.counterpart(counterpart, other, own)
                            .cameraCenter()
                            .minus(pose.cameraCenter())
                            .norm())
                    .isLessThan(1e-9);
        }
    }

    @Test
    void routesAreClosed() {
        for (Route route : Route.values()) {
            List<Pose> poses = route.poses(STEP);
            Pose last = poses.get(poses.size() - 1);
            assertThat(poses.subList(0, poses.size() / 2)).anyMatch(pose -> Appearance.share(pose, last));
        }
    }
}

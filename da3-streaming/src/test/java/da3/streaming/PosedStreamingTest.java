package da3.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.Pose;
import da3.geometry.View;
import da3.geometry.math.Vec3;
import da3.streaming.frame.FrameSource;
import da3.streaming.frame.FrameStream;
import da3.streaming.frame.GivenPoses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PosedStreamingTest {

    private static final Oracle ORACLE = Oracle.circle(40);
    private static final StreamingOptions OPTIONS = StreamingOptions.defaults().withWindow(9, 3);

    @TempDir
    private Path folder;

    @Test
    void givenPosesAreKeptAndScaleDepth() throws IOException {
        try (StreamingMap map = run(ORACLE.withNoise(0.02, 0.01), i -> true)) {
            assertThat(map.windows()).allMatch(window -> window.scaleDeviation() < 0.03);
            for (int i = 0; i < map.size(); i++) {
                View truth = ORACLE.truth().get(i);
                assertThat(map.cameras().get(i).pose()).isEqualTo(pose(truth));
                assertThat(meanDepth(map.view(i)) / meanDepth(truth)).isCloseTo(1, within(0.05));
            }
        }
    }

    /** Frames without given poses are placed between those with one, in the same world frame. */
    @Test
    void someGivenPosesAreEnough() throws IOException {
        try (StreamingMap map = run(ORACLE.withNoise(0.02, 0.003), i -> i % 4 == 0 && (i < 12 || i > 24))) {
            for (int i = 0; i < map.size(); i++) {
                Vec3 truth = pose(ORACLE.truth().get(i)).cameraCenter();
                Vec3 center = map.cameras().get(i).pose().cameraCenter();
                assertThat(center.minus(truth).norm()).as("frame " + i).isLessThan(0.15);
            }
            assertThat(map.windows()).element(3).matches(window -> window.scaleDeviation() > 0.015);
        }
    }

    /** A camera that does not move determines no scale; that of the windows before is kept. */
    @Test
    void standingStillKeepsTheScale() throws IOException {
        List<View> views = new ArrayList<>(ORACLE.truth().subList(0, 15));
        views.addAll(Collections.nCopies(20, views.get(14)));
        views.addAll(ORACLE.truth().subList(15, 25));
        Oracle oracle = new Oracle(views, 0.02, 0.003, false);
        try (StreamingMap map = run(oracle, i -> true)) {
            for (int i = 0; i < map.size(); i++) {
                assertThat(meanDepth(map.view(i)) / meanDepth(views.get(i))).isCloseTo(1, within(0.05));
            }
        }
    }

    @Test
    void theFirstWindowNeedsAPose() {
        assertThatThrownBy(() -> run(ORACLE, i -> i > 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("poses are given, but for no frame of the first window");
    }

    /** The same if the source does not say that frames can have poses. */
    @Test
    void posesCannotBeginLater() throws IOException {
        FrameSource posed = ORACLE.source()
                .posed(GivenPoses.of(Map.of(20L, pose(ORACLE.truth().get(20)))));
        FrameSource source = new FrameSource() {
            @Override
            public FrameStream open() throws IOException {
                return posed.open();
            }

            @Override
            public String description() {
                return posed.description();
            }
        };
        try (StreamingMap map = StreamingMap.open(folder, ORACLE, OPTIONS)) {
            assertThatThrownBy(() -> map.run(source, StreamingListener.SILENT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("poses are given for window 2, but for no frame of the first window");
        }
    }

    private StreamingMap run(Oracle oracle, LongPredicate posed) throws IOException {
        Map<Long, Pose> poses = new HashMap<>();
        for (long i = 0; i < oracle.truth().size(); i++) {
            if (posed.test(i)) {
                poses.put(i, pose(oracle.truth().get((int) i)));
            }
        }
        StreamingMap map = StreamingMap.open(folder, oracle, OPTIONS);
        map.run(oracle.source().posed(GivenPoses.of(poses)), StreamingListener.SILENT);
        return map;
    }

    private static Pose pose(View view) {
        return view.camera().map(Camera::pose).orElseThrow();
    }

    private static double meanDepth(View view) {
        double sum = 0;
        for (float depth : view.depth().values()) {
            sum += depth;
        }
        return sum / view.depth().values().length;
    }
}

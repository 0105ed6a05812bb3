package da3.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.DegenerateGeometryException;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.lens.Pinhole;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import da3.geometry.metrics.Angles;
import da3.geometry.metrics.TrajectoryError;
import da3.geometry.rig.Rig;
import da3.geometry.rig.RigCamera;
import da3.streaming.frame.Frame;
import da3.streaming.frame.GivenPoses;
import da3.streaming.prior.Measurements;
import da3.streaming.prior.PosePrior;
import da3.streaming.prior.PosePriors;
import da3.streaming.store.WindowInfo;
import da3.synthetic.Arc;
import da3.synthetic.CameraRig;
import da3.synthetic.RayCaster;
import da3.synthetic.RenderOptions;
import da3.synthetic.SampleScenes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four cameras without overlap that drive a circle through a room. */
class RigStreamingTest {

    private static final Intrinsics LENS = CameraRig.lens(Oracle.WIDTH, Oracle.HEIGHT, Math.toRadians(70));
    private static final Rig RIG = rig();

    /** A circle of 18 instants, whose first eight come again. */
    private static final Arc ROUTE = Arc.orbit(new Vec3(0, 1, 0), 1.6, 0.4, 18).withAngles(0, 2 * Math.PI * 25 / 18);

    private static final Oracle EXACT = new Oracle(views(26), 0, 0, false);
    private static final Oracle NOISY = EXACT.withNoise(0.03, 0.003);
    private static final StreamingOptions OPTIONS =
            StreamingOptions.defaults().withLoops(LoopMethod.OFF).withRig(RIG, 5, 2);

    @TempDir
    private Path folder;

    private final List<RigScale> scales = new ArrayList<>();

    private static Rig rig() {
        List<RigCamera> cameras = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Pose turned = new Pose(
                    new Quaternion(0, Math.sin(i * Math.PI / 4), 0, Math.cos(i * Math.PI / 4)).toMatrix(),
                    new Vec3(0, 0, -0.3));
            cameras.add(new RigCamera("camera" + i, turned, new Pinhole(LENS), Optional.empty()));
        }
        return new Rig(cameras);
    }

    private static List<View> views(int instants) {
        RayCaster caster = new RayCaster(SampleScenes.indoor(1));
        RenderOptions options = RenderOptions.defaults().withSamples(1).withThreads(1);
        List<View> views = new ArrayList<>();
        for (Pose rigFromWorld : ROUTE.withCount(instants).poses()) {
            for (Pose pose : RIG.poses(rigFromWorld)) {
                views.add(caster.render(new Camera(pose, LENS), Oracle.WIDTH, Oracle.HEIGHT, options)
                        .view());
            }
        }
        return views;
    }

    @Test
    void theRigFixesTheScale() throws IOException {
        try (StreamingMap map = run(NOISY, OPTIONS)) {
            assertThat(map.size()).isEqualTo(NOISY.truth().size());
            assertThat(map.metric()).isTrue();
            assertThat(scales).hasSize(map.windows().size() - 1).noneMatch(RigScale::deviates);
            for (int i = 0; i < map.size(); i++) {
                double ratio = meanDepth(map.view(i)) / meanDepth(NOISY.truth().get(i));
                assertThat(ratio).as("frame %d", i).isCloseTo(1, within(0.02));
            }
            assertRigid(map);
            assertThat(error(map)).isLessThan(0.05);
        }
    }

    @Test
    void exactPredictionsMakeAnExactMap() throws IOException {
        try (StreamingMap map = run(EXACT, OPTIONS)) {
            assertThat(error(map)).isLessThan(1e-3);
            assertThat(scales).allSatisfy(scale -> assertThat(scale.ratio()).isCloseTo(1, within(1e-3)));
        }
    }

    @Test
    void movingTheWorldMovesTheMap() throws IOException {
        Pose moved = new Pose(new Quaternion(0.2, 0.4, -0.1, 1).toMatrix(), new Vec3(30, -20, 10));
        Map<Long, Pose> poses = new HashMap<>();
        for (Camera camera : EXACT.cameras()) {
            poses.put((long) poses.size(), camera.pose().compose(moved));
        }
        try (StreamingMap map = StreamingMap.open(folder, EXACT, OPTIONS)) {
            map.run(EXACT.source().posed(GivenPoses.of(poses)), StreamingListener.SILENT);
            for (int i = 0; i < map.size(); i += 7) {
                assertThat(map.cameras().get(i).pose()).isEqualTo(poses.get((long) i));
                double ratio = meanDepth(map.view(i)) / meanDepth(EXACT.truth().get(i));
                assertThat(ratio).isCloseTo(1, within(1e-3));
            }
        }
    }

    @Test
    void doublingTheBaselinesDoublesTheMap() throws IOException {
        try (StreamingMap map = run(EXACT, OPTIONS)) {
            StreamingOptions doubled = OPTIONS.withRig(RIG.scaled(2), 5, 2);
            try (StreamingMap large = StreamingMap.open(folder.resolve("doubled"), EXACT, doubled)) {
                large.run(EXACT.source(), StreamingListener.SILENT);
                for (int i = 0; i < map.size(); i += 7) {
                    assertThat(meanDepth(large.view(i)) / meanDepth(map.view(i)))
                            .isCloseTo(2, within(1e-3));
                    Vec3 center = map.cameras().get(i).pose().cameraCenter();
                    Vec3 twice = large.cameras().get(i).pose().cameraCenter();
                    assertThat(twice.minus(center.times(2)).norm()).isLessThan(1e-3);
                }
            }
        }
    }

    /** From the second window on, the cameras of an instant are predicted too far from each other. */
    @Test
    void aScaleThatDisagreesIsReported() throws IOException {
        WindowPredictor wrong = new Changed(EXACT, (frames, camera) -> {
            double factor = frames.get(0).number() > 0 ? 1.2 : 1;
            return new Camera(
                    camera.pose().withTranslation(camera.pose().translation().times(factor)), camera.intrinsics());
        });
        try (StreamingMap map = StreamingMap.open(folder, wrong, OPTIONS)) {
            map.run(EXACT.source(), listener());
            assertThat(scales.get(0).deviates()).isTrue();
            assertThat(scales.get(0).ratio()).isCloseTo(1.2, within(0.05));
            assertThat(scales.subList(1, scales.size())).noneMatch(RigScale::deviates);
        }
    }

    @Test
    void camerasInOnePointHaveNoScale() throws IOException {
        WindowPredictor wrong = new Changed(
                EXACT, (frames, camera) -> new Camera(camera.pose().withTranslation(Vec3.ZERO), camera.intrinsics()));
        try (StreamingMap map = StreamingMap.open(folder, wrong, OPTIONS)) {
            assertThatThrownBy(() -> map.run(EXACT.source(), StreamingListener.SILENT))
                    .isInstanceOf(DegenerateGeometryException.class)
                    .hasMessageContaining("the window from frame0.png to frame19.png has no scale");
        }
    }

    /** A network that was given the poses of the first instant, but could not compare them with what it predicts. */
    @Test
    void givenPosesThatDetermineNoScaleEndTheRun() {
        WindowPredictor unscaled = new WindowPredictor() {
            @Override
            public String description() {
                return EXACT.description();
            }

            @Override
            public Frame prepare(Frame frame) {
                return frame;
            }

            @Override
            public WindowPrediction predict(List<Frame> frames) {
                assertThat(frames.get(3).pose()).contains(RIG.sensorsFromRig().get(3));
                assertThat(frames.get(4).pose()).isEmpty();
                return new WindowPrediction(EXACT.predict(frames).scene(), List.of(), false);
            }
        };
        assertThatThrownBy(() -> {
                    try (StreamingMap map = StreamingMap.open(folder, unscaled, OPTIONS)) {
                        map.run(EXACT.source(), StreamingListener.SILENT);
                    }
                })
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessageContaining("the predicted distances between its cameras are noise relative to depth");
    }

    @Test
    void loopsMoveInstantsAsAWhole() throws IOException {
        Oracle drifting = EXACT.withNoise(0.02, 0.004);
        StreamingOptions options = OPTIONS.withRig(RIG, 8, 2);
        double without;
        try (StreamingMap map = run(drifting, options)) {
            without = error(map);
        }
        try (StreamingMap map =
                StreamingMap.open(folder.resolve("loops"), drifting, options.withLoops(LoopMethod.TOKENS))) {
            map.run(drifting.source(), StreamingListener.SILENT);
            assertThat(map.acceptedLoops()).isNotEmpty();
            assertThat(error(map)).isLessThan(without);
            assertRigid(map);
        }
    }

    @Test
    void windowsHaveWholeInstants() {
        assertThatThrownBy(() -> OPTIONS.withWindow(10, 4))
                .hasMessage("window and overlap must be multiples of the 4 cameras of the rig, got 10 and 4");
    }

    @Test
    void photosAreNotLocated() throws IOException {
        try (StreamingMap map = run(EXACT, OPTIONS)) {
            assertThatThrownBy(map::locator)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("photos cannot be located in the map of a rig");
        }
        assertThatThrownBy(() -> StreamingMap.openStored(folder.resolve("map"), EXACT, Measurements.NONE))
                .hasMessage("the map was made with a rig, without which it cannot be opened");
    }

    /** Measured poses are those of the rig, also if they are nearest in time to a frame of another camera. */
    @Test
    void measuredPosesAreThoseOfTheRig() throws IOException {
        run(EXACT, OPTIONS).close();
        Pose known = new Pose(new Quaternion(0.2, 0.4, -0.1, 1).toMatrix(), new Vec3(30, -20, 10));
        int frame = 10 * RIG.size() + 1;
        PosePriors priors = PosePriors.ofTimes(Map.of(0.1 * frame, new PosePrior(known, 0.01, 0.1)));
        try (StreamingMap map = StreamingMap.open(folder.resolve("map"), EXACT, OPTIONS.withPosePriors(priors))) {
            Pose camera = RIG.sensorsFromRig().get(1).compose(known);
            Pose difference = map.cameras().get(frame).pose().compose(camera.inverse());
            assertThat(difference.translation().norm()).isLessThan(1e-6);
            assertThat(Angles.of(difference.rotation())).isLessThan(1e-6);
            assertThat(map.measuredPose(frame)
                            .cameraCenter()
                            .minus(known.cameraCenter())
                            .norm())
                    .isLessThan(1e-6);
            assertRigid(map);
        }
    }

    private static void assertRigid(StreamingMap map) {
        for (int i = 0; i < map.size(); i++) {
            int first = i - i % RIG.size();
            Pose actual = map.cameras()
                    .get(i)
                    .pose()
                    .compose(map.cameras().get(first).pose().inverse());
            Pose expected = RIG.sensorsFromRig()
                    .get(i % RIG.size())
                    .compose(RIG.sensorsFromRig().get(0).inverse());
            assertThat(actual.translation().minus(expected.translation()).norm())
                    .isLessThan(1e-6);
        }
        assertThat(map.windows()).allMatch(WindowInfo::metric);
    }

    private StreamingMap run(Oracle oracle, StreamingOptions options) throws IOException {
        StreamingMap map = StreamingMap.open(folder.resolve("map"), oracle, options);
        map.run(oracle.source(), listener());
        return map;
    }

    private StreamingListener listener() {
        return new StreamingListener() {
            @Override
            public void windowStored(WindowInfo window, int frames) {}

            @Override
            public void scaleMeasured(RigScale scale) {
                scales.add(scale);
            }
        };
    }

    /** Returns the absolute trajectory error in meters; the alignment does not scale a map of true scale. */
    private static double error(StreamingMap map) {
        List<Camera> truth = EXACT.cameras();
        return TrajectoryError.of(map.cameras(), truth).orElseThrow().absolute();
    }

    private static double meanDepth(View view) {
        double sum = 0;
        for (float depth : view.depth().values()) {
            sum += depth;
        }
        return sum / view.depth().values().length;
    }

    /** A predictor with changed cameras. */
    private record Changed(WindowPredictor predictor, Change change) implements WindowPredictor {

        interface Change {
            Camera of(List<Frame> frames, Camera predicted);
        }

        @Override
        public String description() {
            return predictor.description();
        }

        @Override
        public Frame prepare(Frame frame) {
            return predictor.prepare(frame);
        }

        @Override
        public WindowPrediction predict(List<Frame> frames) {
            WindowPrediction prediction = predictor.predict(frames);
            List<View> views = prediction.scene().views().stream()
                    .map(view -> new View(
                            view.image(),
                            view.depth(),
                            view.confidence(),
                            view.camera().map(camera -> change.of(frames, camera))))
                    .toList();
            return new WindowPrediction(new Scene(views, Optional.empty(), false), prediction.descriptors());
        }
    }
}

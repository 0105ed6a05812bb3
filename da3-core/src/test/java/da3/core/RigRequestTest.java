package da3.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Sim3;
import da3.geometry.lens.Pinhole;
import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import da3.geometry.metrics.PoseConvention;
import da3.geometry.rig.Rig;
import da3.geometry.rig.RigCamera;
import da3.nn.Engine;
import da3.nn.ModelConfig;
import da3.nn.Progress;
import da3.weights.SeededWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Tests of requests with the poses of a rig: of their results with an oracle in place of the networks, which sees the rig
 * in a frame and unit of its own, and of a small network.
 */
class RigRequestTest {

    private static final int WIDTH = 28;
    private static final int HEIGHT = 14;
    private static final Intrinsics K = new Intrinsics(20, 20, 14, 7);
    private static final Rig RIG = surround();
    private static final Pose WORLD = new Pose(new Quaternion(0.3, 0.1, -0.2, 1).toMatrix(), new Vec3(20, -5, 3));

    /** Cameras that look to all sides, with pitch, at different distances from the center. */
    private static Rig surround() {
        List<RigCamera> cameras = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            double angle = 2 * Math.PI * i / 5;
            Mat3 yaw = new Quaternion(0, Math.sin(angle / 2), 0, Math.cos(angle / 2)).toMatrix();
            Mat3 pitch = new Quaternion(0.05 * i, 0, 0, 1).toMatrix();
            Mat3 rotation = pitch.times(yaw);
            Vec3 center = rotation.transpose().times(new Vec3(0, 0, 0.8 + 0.1 * i));
            cameras.add(new RigCamera(
                    "camera" + i,
                    new Pose(rotation, rotation.times(center).times(-1)),
                    new Pinhole(K),
                    Optional.empty()));
        }
        return new Rig(cameras);
    }

    @Test
    void depthIsInMeters() {
        Oracle oracle = oracle(RIG);
        PredictionAssembly result = align(oracle, RIG, Pose.IDENTITY);
        assertThat(result.reconstruction().metric()).isTrue();
        assertThat(result.warnings()).isEmpty();
        for (int c = 0; c < RIG.size(); c++) {
            assertThat(depth(result, c)).isCloseTo(meters(c), within(1e-4));
        }
    }

    @Test
    void movingTheWorldMovesTheCameras() {
        PredictionAssembly result = align(oracle(RIG), RIG, WORLD);
        for (int c = 0; c < RIG.size(); c++) {
            assertThat(pose(result, c)).isEqualTo(RIG.poses(WORLD).get(c));
            assertThat(depth(result, c)).isCloseTo(meters(c), within(1e-4));
        }
    }

    @Test
    void doublingTheBaselinesDoublesDepth() {
        PredictionAssembly result = align(oracle(RIG), RIG.scaled(2), Pose.IDENTITY);
        for (int c = 0; c < RIG.size(); c++) {
            assertThat(depth(result, c)).isCloseTo(2 * meters(c), within(1e-4));
        }
    }

    @Test
    void permutingTheCamerasPermutesTheViews() {
        int[] order = {3, 0, 4, 1, 2};
        Oracle truth = oracle(RIG);
        Oracle permuted = new Oracle(
                IntStream.of(order).mapToObj(truth.cameras::get).toList(),
                IntStream.of(order).mapToObj(truth.depths::get).toList());
        Rig rig = new Rig(IntStream.of(order).mapToObj(RIG.cameras()::get).toList());
        PredictionAssembly result = align(permuted, rig, Pose.IDENTITY);
        for (int c = 0; c < order.length; c++) {
            assertThat(pose(result, c)).isEqualTo(RIG.poses(Pose.IDENTITY).get(order[c]));
            assertThat(depth(result, c)).isCloseTo(meters(order[c]), within(1e-4));
        }
    }

    @Test
    void cameraToRigPosesWarn() {
        Rig swapped =
                RIG.mapped(camera -> camera.withPose(camera.sensorFromRig().inverse()));
        assertThat(align(oracle(RIG), swapped, Pose.IDENTITY).warnings()).containsExactly(PoseConvention.WARNING);
    }

    /** The network sees poses relative to the first camera and in a unit of their own. */
    @Test
    void aNetworkDoesNotDependOnTheFrameOrTheOrder() {
        ModelConfig config = TinyModels.anyView();
        try (Engine engine = Engines.create(EngineOptions.defaults().withThreads(1))) {
            Provenance provenance = new Provenance("", Optional.empty(), Optional.empty(), WIDTH, "", "", 1, 0, "");
            Predictor network = new Predictor(
                    new Pipeline(engine, new SeededWeights(), config),
                    new MemoryBudget(config, Engines.memory(engine), 0),
                    () -> provenance);
            List<Image> images = RandomImages.of(5, WIDTH, HEIGHT, 9);
            Prediction prediction = predict(network, request(images, RIG, Pose.IDENTITY));
            Prediction moved = predict(network, request(images, RIG, WORLD));
            int[] order = {0, 3, 1, 4, 2};
            Prediction permuted = predict(
                    network,
                    request(
                            IntStream.of(order).mapToObj(images::get).toList(),
                            new Rig(IntStream.of(order)
                                    .mapToObj(RIG.cameras()::get)
                                    .toList()),
                            Pose.IDENTITY));
            for (int c = 0; c < order.length; c++) {
                double depth = mean(prediction.scene().view(order[c]).depth());
                assertThat(mean(permuted.scene().view(c).depth()) / depth).isCloseTo(1, within(1e-3));
                assertThat(mean(moved.scene().view(order[c]).depth()) / depth).isCloseTo(1, within(1e-3));
            }
        }
    }

    private static Prediction predict(Predictor network, Request request) {
        return network.predict(request, Progress.SILENT);
    }

    /**
     * What a perfect network predicts.
     *
     * @param cameras in its own frame
     * @param depths in its own unit
     */
    private record Oracle(List<Camera> cameras, List<ScalarMap> depths) {}

    private static Oracle oracle(Rig rig) {
        Sim3 gauge = new Sim3(0.3, new Quaternion(-0.5, 0.2, 0.7, 1).toMatrix(), new Vec3(1, 2, -4));
        List<Camera> cameras = new ArrayList<>();
        List<ScalarMap> depths = new ArrayList<>();
        for (int c = 0; c < rig.size(); c++) {
            cameras.add(new Camera(gauge.applyToPose(rig.sensorsFromRig().get(c)), K));
            float[] values = new float[WIDTH * HEIGHT];
            Arrays.fill(values, (float) (gauge.scale() * meters(c)));
            depths.add(new ScalarMap(WIDTH, HEIGHT, values));
        }
        return new Oracle(cameras, depths);
    }

    private static double meters(int camera) {
        return 5 + camera;
    }

    private static Request request(List<Image> images, Rig rig, Pose rigFromWorld) {
        return Request.of(images)
                .withOptions(o -> o.resolution(WIDTH).posesInMeters(true))
                .withCameras(rig.poses(rigFromWorld), Collections.nCopies(rig.size(), K));
    }

    private static PredictionAssembly align(Oracle oracle, Rig rig, Pose rigFromWorld) {
        Request request = request(RandomImages.of(rig.size(), WIDTH, HEIGHT, 9), rig, rigFromWorld);
        ProcessedInput input = InputProcessing.process(
                request.images(),
                request.intrinsics().orElseThrow(),
                WIDTH,
                request.options().resizeMethod());
        Reconstruction predicted = new Reconstruction(
                oracle.depths,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(oracle.cameras),
                Optional.empty(),
                Optional.empty(),
                Collections.nCopies(rig.size(), 1.0),
                false);
        PredictionAssembly assembly = new PredictionAssembly(request, WIDTH, input, predicted);
        PosedInput posed = PosedInput.of(request, input).orElseThrow();
        assembly.align(posed, posed.given());
        return assembly;
    }

    private static Pose pose(PredictionAssembly result, int view) {
        return result.views().get(view).camera().orElseThrow().pose();
    }

    private static double depth(PredictionAssembly result, int view) {
        return mean(result.views().get(view).depth());
    }

    private static double mean(ScalarMap map) {
        double sum = 0;
        for (float value : map.values()) {
            sum += value;
        }
        return sum / map.values().length;
    }
}

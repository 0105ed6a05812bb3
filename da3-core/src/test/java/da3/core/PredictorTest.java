package da3.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.DegenerateGeometryException;
import da3.geometry.DepthSample;
import da3.geometry.GaussianCloud;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Sim3;
import da3.geometry.View;
import da3.geometry.align.PoseAlignment;
import da3.geometry.math.Mat3;
import da3.geometry.math.Percentiles;
import da3.geometry.math.Vec3;
import da3.nn.Engine;
import da3.nn.ModelConfig;
import da3.nn.Output;
import da3.nn.Progress;
import da3.nn.ReferenceViewStrategy;
import da3.weights.SeededWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tests of priors and options on models with few channels. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PredictorTest {

    private static final int WIDTH = 56;
    private static final int HEIGHT = 42;
    private static final Intrinsics K = new Intrinsics(60, 64, 28, 21);
    private static final Set<Output> WITH_GAUSSIANS = Set.of(Output.CAMERA, Output.GAUSSIANS);

    private static final Progress NOTHING_COMPUTED = (stage, done, total) -> {
        throw new AssertionError(stage + " " + done + "/" + total);
    };

    private Engine engine;
    private Predictor anyView;
    private Predictor nested;
    private Predictor metric;

    @BeforeAll
    void load() {
        engine = Engines.create(EngineOptions.defaults().withThreads(1));
        anyView = predictor(TinyModels.anyView());
        nested = predictor(TinyModels.nested());
        metric = predictor(TinyModels.metric());
    }

    @AfterAll
    void close() {
        engine.close();
    }

    @Test
    void missingIntrinsicsArePredictedFirst() {
        List<Intrinsics> seen = intrinsics(predict(anyView, randomViews(3)));
        Prediction alone = predict(anyView, randomViews(3).withPoses(poses()));
        Prediction both = predict(anyView, randomViews(3).withCameras(poses(), seen));
        assertThat(posesOf(alone)).isEqualTo(poses());
        assertThat(depth(alone, 1)).isEqualTo(depth(both, 1));
        assertThat(alone.referenceView()).isEqualTo(-1);
        assertThat(depth(predict(anyView, randomViews(3).withCameras(poses(), Collections.nCopies(3, K))), 1))
                .isNotEqualTo(depth(both, 1));
    }

    @Test
    void missingPosesAreAlignedToGivenOnes() {
        List<Camera> seen = cameras(predict(anyView, randomViews(3)));
        Map<Integer, Pose> known = Map.of(0, poses().get(0), 2, poses().get(2));
        PoseAlignment first = PoseAlignment.of(
                List.of(seen.get(0).pose(), seen.get(2).pose()), List.of(poses().get(0), poses().get(2)), 42);
        List<Pose> filled =
                List.of(poses().get(0), first.inGivenFrame(seen.get(1).pose()), poses().get(2));

        Prediction some = predict(anyView, randomViews(3).withPoses(known).withOptions(o -> o.alignDepth(false)));
        Prediction all = predict(
                anyView,
                randomViews(3)
                        .withCameras(filled, intrinsics(predict(anyView, randomViews(3))))
                        .withOptions(o -> o.alignDepth(false)));
        assertThat(depth(some, 1)).isEqualTo(depth(all, 1));

        Prediction aligned = predict(anyView, randomViews(3).withPoses(known));
        assertThat(posesOf(aligned).get(0)).isEqualTo(poses().get(0));
        assertThat(posesOf(aligned).get(2)).isEqualTo(poses().get(2));
        posesOf(aligned).get(1).requireRigid("filled in");
        assertThat(aligned.warnings()).isEmpty();
        assertThat(aligned.scale()).isEqualTo(depth(aligned, 0)[0] / depth(some, 0)[0], within(1e-5 * aligned.scale()));
    }

    @Test
    void posesThatDetermineNoScaleKeepTheUnitAndWarn() {
        Prediction one = predict(anyView, randomViews(3).withPoses(Map.of(1, poses().get(1))));
        assertThat(one.warnings()).containsExactly("one given pose determines no scale: lengths keep the model's unit");
        assertThat(one.scale()).isEqualTo(1);
        assertThat(posesOf(one).get(1)).isEqualTo(poses().get(1));
        List<Pose> turning =
                poses().stream().map(pose -> pose.withTranslation(Vec3.ZERO)).toList();
        Prediction inPlace =
                predict(anyView, randomViews(3).withPoses(turning).withOptions(o -> o.posesInMeters(true)));
        assertThat(inPlace.warnings()).hasSize(1).first().asString().contains("nearly coincide", "no scale");
        assertThat(inPlace.scale()).isEqualTo(1);
        assertThat(inPlace.scene().metric()).isFalse();
    }

    @Test
    void aSceneOfTwoGivenPosesHasTheirUnit() {
        // scaled predictions, since an untrained network does not reproduce other poses
        List<Pose> given = posesOf(predict(anyView, randomViews(2))).stream()
                .map(pose -> pose.withTranslation(pose.translation().times(10)))
                .toList();
        Request request = randomViews(2).withCameras(given, List.of(K, K));
        Prediction aligned = predict(anyView, request.withOptions(o -> o.posesInMeters(true)));
        assertThat(posesOf(aligned)).isEqualTo(given);
        assertThat(aligned.warnings()).isEmpty();
        assertThat(aligned.scene().metric()).isTrue();
        assertThat(predict(anyView, request).scene().metric()).isFalse();
        List<Pose> seen = posesOf(predict(anyView, request.withOptions(o -> o.alignDepth(false))));
        assertThat(aligned.scale() * baseline(seen)).isCloseTo(baseline(given), within(1e-6));
    }

    private static double baseline(List<Pose> two) {
        return two.get(0).cameraCenter().minus(two.get(1).cameraCenter()).norm();
    }

    @Test
    void gaussiansAreAlignedToTheGivenCameras() {
        Request request = randomViews(3)
                .withCameras(poses(), Collections.nCopies(3, K))
                .withOptions(o -> o.outputs(WITH_GAUSSIANS));
        Prediction aligned = predict(anyView, request);
        Prediction asSeen = predict(anyView, request.withOptions(o -> o.alignDepth(false)));
        PoseAlignment alignment = PoseAlignment.of(posesOf(asSeen), poses(), 42);
        Sim3 toGiven = alignment.givenToPredicted().inverse();
        assertThat(toGiven.scale()).isCloseTo(aligned.scale(), within(1e-6 * aligned.scale()));
        GaussianCloud expected = gaussians(asSeen).transformed(toGiven);
        assertClose(gaussians(aligned).means(), expected.means(), 1e-2);
        assertClose(gaussians(aligned).scales(), expected.scales(), 1e-3);
    }

    @Test
    void givenIntrinsicsDetermineThePositionsOfGaussians() {
        Request plain = randomViews(2).withOptions(o -> o.outputs(WITH_GAUSSIANS));
        Prediction predicted = predict(anyView, plain);
        Prediction calibrated = predict(anyView, plain.withIntrinsics(List.of(K, K)));
        assertThat(intrinsics(calibrated)).containsOnly(K);
        assertThat(posesOf(calibrated)).isEqualTo(posesOf(predicted));
        for (int i = 0; i < 2 * WIDTH * HEIGHT; i += 97) {
            assertThat(column(calibrated, i)).isCloseTo(column(predicted, i), within(0.05));
        }
        assertThat(gaussians(calibrated).means())
                .isNotEqualTo(gaussians(predicted).means());
    }

    @Test
    void givenFocalLengthsDetermineTheScaleOfANestedModel() {
        Intrinsics longer = new Intrinsics(2 * K.fx(), 2 * K.fy(), K.cx(), K.cy());
        Prediction once = predict(nested, randomViews(2).withIntrinsics(List.of(K, K)));
        Prediction twice = predict(nested, randomViews(2).withIntrinsics(List.of(longer, longer)));
        assertThat(once.scene().metric()).isTrue();
        assertThat(twice.scale()).isCloseTo(2 * once.scale(), within(1e-4 * once.scale()));
        assertThat(once.scale()).isNotCloseTo(predict(nested, randomViews(2)).scale(), within(1e-3));
    }

    @Test
    void theMetricModelNeedsAFocalLengthForMeters() {
        Prediction raw = predict(metric, randomViews(1));
        assertThat(raw.scene().metric()).isFalse();
        assertThat(raw.scale()).isEqualTo(1);
        assertThat(raw.scene().view(0).camera()).isEmpty();
        // the image is 112x84: its focal lengths are twice those of the processed image
        Prediction meters = predict(metric, randomViews(1, 112, 84).withIntrinsics(List.of(K.scaled(2, 2))));
        Prediction unscaled = predict(metric, randomViews(1, 112, 84));
        assertThat(meters.scene().metric()).isTrue();
        assertThat(meters.scale()).isCloseTo(62 / 300.0, within(1e-12));
        assertThat(meters.scene().view(0).camera()).contains(new Camera(Pose.IDENTITY, K));
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            double expected = depth(unscaled, 0)[i] * 62 / 300;
            assertThat((double) depth(meters, 0)[i]).isCloseTo(expected, within(1e-5 * expected));
        }
    }

    @Test
    void measuredDepthsConvertTheSceneToMeters() {
        Request request = randomViews(2, 112, 84).withOptions(o -> o.outputs(WITH_GAUSSIANS));
        Prediction before = predict(anyView, request);
        List<List<DepthSample>> samples = new ArrayList<>();
        for (int v = 0; v < 2; v++) {
            List<DepthSample> ofView = new ArrayList<>();
            for (int k = 0; k < 8; k++) {
                int x = 5 + 6 * k;
                int y = 3 + 4 * k;
                double depth = before.scene().view(v).depth().at(x, y);
                // the center of a processed pixel in the given image, which is twice as large
                ofView.add(new DepthSample(2 * (x + 0.5), 2 * (y + 0.5), k == 0 ? 50 : 3 * depth));
            }
            samples.add(ofView);
        }
        Prediction after = predict(anyView, request.withSparseDepth(samples));
        assertThat(after.scene().metric()).isTrue();
        assertThat(after.scale()).isCloseTo(3, within(1e-5));
        assertThat(after.warnings()).isEmpty();
        assertThat(depth(after, 1)[100]).isCloseTo(3 * depth(before, 1)[100], within(1e-4f));
        Vec3 translation = posesOf(before).get(1).translation().times(after.scale());
        assertThat(posesOf(after).get(1).translation().minus(translation).norm())
                .isLessThan(1e-9);
        assertClose(gaussians(after).means(), gaussians(before).scaled(3).means(), 1e-2);
    }

    @Test
    void aShiftThatPutsManyPixelsBehindTheCameraIsOmitted() {
        Request request = randomViews(1);
        ScalarMap depth = predict(anyView, request).scene().view(0).depth();
        // a tenth of the depths become negative
        double zero = Percentiles.quantile(depth.values(), 0.1);
        List<DepthSample> samples = samplesOf(depth, zero);
        Prediction fitted = predict(anyView, request.withSparseDepth(List.of(samples)));
        assertThat(fitted.warnings()).hasSize(1).first().asString().contains("shift", "behind", "only a scale");
        for (float d : depth(fitted, 0)) {
            assertThat(d).isPositive();
        }
    }

    @Test
    void fewPixelsBehindTheCameraDoNotPreventAShift() {
        Request request = randomViews(1);
        ScalarMap depth = predict(anyView, request).scene().view(0).depth();
        double zero = Percentiles.quantile(depth.values(), 0.002);
        Prediction fitted = predict(anyView, request.withSparseDepth(List.of(samplesOf(depth, zero))));
        assertThat(fitted.warnings()).hasSize(1).first().asString().contains("of 2352 pixels", "a hundredth");
        for (int i = 0; i < depth.values().length; i++) {
            assertThat(depth(fitted, 0)[i]).isPositive();
            if (depth.values()[i] > 1.1 * zero) {
                assertThat((double) depth(fitted, 0)[i]).isCloseTo(5 * (depth.values()[i] - zero), within(1e-3));
            }
        }
    }

    /** Returns samples of all pixels whose depth is well above the depth that becomes 0. */
    private static List<DepthSample> samplesOf(ScalarMap depth, double zero) {
        List<DepthSample> samples = new ArrayList<>();
        for (int i = 0; i < depth.values().length; i++) {
            double meters = 5 * (depth.values()[i] - zero);
            if (meters > 0.1) {
                samples.add(new DepthSample(i % WIDTH + 0.5, i / WIDTH + 0.5, meters));
            }
        }
        return samples;
    }

    @Test
    void insufficientOrConflictingDepthSamplesAreRejected() {
        DepthSample one = new DepthSample(3, 3, 1);
        assertThatThrownBy(() -> predict(anyView, randomViews(1).withSparseDepth(List.of(List.of(one, one)))))
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessage("number of depth samples inside the image must be at least 3, got 2");
        Request both = randomViews(1)
                .withCameras(poses().subList(0, 1), List.of(K))
                .withSparseDepth(List.of(List.of(one, one, one)));
        assertThatThrownBy(() -> predict(anyView, both))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("poses and depth samples", "set alignDepth to false");
        assertThat(predict(anyView, both.withOptions(o -> o.alignDepth(false)))
                        .scene()
                        .metric())
                .isTrue();
    }

    @Test
    void independentImagesArePredictedAsIfAlone() {
        List<Image> images = List.of(
                RandomImages.of(1, 112, 84, 1).get(0),
                RandomImages.of(1, 40, 70, 2).get(0),
                RandomImages.of(1, 56, 42, 3).get(0));
        Prediction together = predict(nested, request(images).withOptions(o -> o.featureLayers(List.of(3))
                .independent(true)));
        int offset = 0;
        for (int v = 0; v < 3; v++) {
            Prediction alone =
                    predict(nested, request(images.subList(v, v + 1)).withOptions(o -> o.featureLayers(List.of(3))));
            assertThat(depth(together, v)).isEqualTo(depth(alone, 0));
            assertThat(cameras(together).get(v)).isEqualTo(cameras(alone).get(0));
            assertThat(together.scales().get(v)).isEqualTo(alone.scale());
            assertThat(together.sky().orElseThrow().get(v).values())
                    .isEqualTo(alone.sky().orElseThrow().get(0).values());
            float[] features = alone.features().get(3);
            assertThat(Arrays.copyOfRange(together.features().get(3), offset, offset += features.length))
                    .isEqualTo(features);
        }
        assertThat(together.features().get(3)).hasSize(offset);
        assertThat(together.scene().view(1).depth().height()).isGreaterThan(HEIGHT);
        assertThatThrownBy(() -> predict(nested, request(images).withOptions(o -> o.outputs(WITH_GAUSSIANS)
                        .independent(true))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("Gaussians need views of one scene", "one request per image");
    }

    @Test
    void anInvalidIndependentImageIsReportedBeforeInference() {
        List<Image> images = new ArrayList<>(RandomImages.of(3, 56, 42, 1));
        Request few = request(List.copyOf(images))
                .withSparseDepth(List.of(List.of(), List.of(), List.of(new DepthSample(3, 3, 1))));
        images.add(new Image(2000, 4, new byte[3 * 2000 * 4]));
        assertThatThrownBy(
                        () -> anyView.predict(request(images).withOptions(o -> o.independent(true)), NOTHING_COMPUTED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("image 3 of 2000x4");
        assertThatThrownBy(() -> anyView.predict(few.withOptions(o -> o.independent(true)), NOTHING_COMPUTED))
                .isInstanceOf(DegenerateGeometryException.class)
                .hasMessage("number of depth samples of independent image 2 must be 0 or at least 3, got 1");
    }

    @Test
    void independentImagesWithoutMeasuredDepthsCauseAWarning() {
        List<DepthSample> measured = Collections.nCopies(3, new DepthSample(20, 20, 2));
        Request request = randomViews(3).withSparseDepth(List.of(List.of(), measured, List.of()));
        assertThat(predict(anyView, request.withOptions(o -> o.independent(true)))
                        .warnings())
                .containsExactly("images without depth samples keep the model's unit of length: 0, 2");
        assertThat(predict(anyView, request).warnings()).isEmpty();
    }

    @Test
    void nativeSizeIsThatOfEachImageWithMatchingIntrinsics() {
        List<Image> images = List.of(
                RandomImages.of(1, 123, 87, 1).get(0),
                RandomImages.of(1, 90, 100, 2).get(0));
        Intrinsics k = new Intrinsics(100, 110, 61, 43);
        Request request = request(images).withIntrinsics(List.of(k, k));
        Prediction small = predict(nested, request);
        Prediction large = predict(nested, request.withOptions(o -> o.nativeSize(true)));
        for (int v = 0; v < 2; v++) {
            View view = large.scene().view(v);
            assertThat(view.image()).isSameAs(images.get(v));
            assertThat(view.depth().width()).isEqualTo(images.get(v).width());
            assertThat(view.confidence().orElseThrow().height())
                    .isEqualTo(images.get(v).height());
            assertThat(large.sky().orElseThrow().get(v).width())
                    .isEqualTo(images.get(v).width());
            Intrinsics back = view.camera().orElseThrow().intrinsics();
            assertThat(back.fx()).isCloseTo(k.fx(), within(1e-9));
            assertThat(back.cy()).isCloseTo(k.cy(), within(1e-9));
            assertThat(view.camera().orElseThrow().pose())
                    .isEqualTo(cameras(small).get(v).pose());
        }
        // the second image is taller than wide and was cropped to the height of the first one
        ScalarMap cropped = large.scene().view(1).depth();
        assertThat(cropped.at(45, 0)).isZero();
        assertThat(cropped.at(45, 50)).isPositive();
        assertThat(large.scene().view(1).confidence().orElseThrow().at(45, 99)).isZero();
    }

    @Test
    void interruptingTheCallerCancelsTheCallAndKeepsTheModelUsable() {
        Prediction before = predict(anyView, randomViews(2));
        Thread caller = Thread.currentThread();
        Progress interrupting = (stage, done, total) -> {
            caller.interrupt();
            while (caller.isInterrupted()) {
                Thread.onSpinWait(); // until the waiting caller has noticed
            }
            sleep();
        };
        assertThatThrownBy(() -> anyView.predict(randomViews(2), interrupting))
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(depth(predict(anyView, randomViews(2)), 0)).isEqualTo(depth(before, 0));
    }

    @Test
    void posesOfSomeViewsWorkWithCamerasFromRays() {
        Prediction fitted = predict(
                anyView, randomViews(3).withPoses(Map.of(1, poses().get(1))).withOptions(o -> o.posesFromRays(true)));
        assertThat(posesOf(fitted).get(1)).isEqualTo(poses().get(1));
        assertThat(fitted.rays()).isPresent();
    }

    @Test
    void resultsAreInTheOrderOfTheRequest() {
        List<Image> images = RandomImages.of(3, WIDTH, HEIGHT, 4);
        List<Image> reversed = List.of(images.get(2), images.get(1), images.get(0));
        // the middle view is the reference view in both orders
        Prediction forth = predict(anyView, inOrder(images));
        Prediction back = predict(anyView, inOrder(reversed));
        assertThat(forth.referenceView()).isEqualTo(1);
        int tokens = forth.features().get(3).length / 3;
        for (int v = 0; v < 3; v++) {
            assertClose(depth(forth, v), depth(back, 2 - v), 1e-4);
            assertClose(
                    forth.rays().orElseThrow().get(v).rays(),
                    back.rays().orElseThrow().get(2 - v).rays(),
                    1e-4);
            assertClose(
                    Arrays.copyOfRange(forth.features().get(3), v * tokens, (v + 1) * tokens),
                    Arrays.copyOfRange(back.features().get(3), (2 - v) * tokens, (3 - v) * tokens),
                    1e-4);
            assertThat(depth(forth, v)).isNotEqualTo(depth(forth, (v + 1) % 3));
        }
        List<ScalarMap> sky = predict(metric, request(images)).sky().orElseThrow();
        List<ScalarMap> skyBack = predict(metric, request(reversed)).sky().orElseThrow();
        assertThat(sky.get(0).values())
                .isEqualTo(skyBack.get(2).values())
                .isNotEqualTo(skyBack.get(0).values());
    }

    private static Request inOrder(List<Image> images) {
        return request(images).withOptions(o -> o.outputs(Set.of(Output.RAYS))
                .featureLayers(List.of(3))
                .referenceView(ReferenceViewStrategy.MIDDLE));
    }

    @Test
    void unsupportedPriorsAreRejected() {
        assertThatThrownBy(() -> predict(metric, randomViews(1).withPoses(poses().subList(0, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "this model cannot use given poses, because it has no camera encoder: give intrinsics only");
    }

    @Test
    void imagesAreResizedToTheProcessingSizeUnlessTheRequestSetsOne() {
        Predictor small = predictor(TinyModels.anyView().withProcessingSize(28));
        Request unsized = Request.of(RandomImages.of(1, 112, 56, 9));
        ScalarMap own = predict(small, unsized).scene().view(0).depth();
        assertThat(List.of(own.width(), own.height())).containsExactly(28, 14);
        ScalarMap alone = predict(small, unsized.withOptions(o -> o.independent(true)))
                .scene()
                .view(0)
                .depth();
        assertThat(List.of(alone.width(), alone.height())).containsExactly(28, 14);
        ScalarMap chosen = predict(small, unsized.withOptions(o -> o.resolution(56)))
                .scene()
                .view(0)
                .depth();
        assertThat(List.of(chosen.width(), chosen.height())).containsExactly(56, 28);
    }

    private static void sleep() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Predictor predictor(ModelConfig config) {
        Provenance provenance = new Provenance("", Optional.empty(), Optional.empty(), WIDTH, "", "", 1, 0, "");
        return new Predictor(
                new Pipeline(engine, new SeededWeights(), config),
                new MemoryBudget(config, Engines.memory(engine), 0),
                () -> provenance);
    }

    private static Prediction predict(Predictor predictor, Request request) {
        return predictor.predict(request, Progress.SILENT);
    }

    /** Returns a request for images of the processing size. */
    private static Request randomViews(int views) {
        return randomViews(views, WIDTH, HEIGHT);
    }

    private static Request randomViews(int views, int width, int height) {
        return request(RandomImages.of(views, width, height, 9));
    }

    private static Request request(List<Image> images) {
        return Request.of(images).withOptions(o -> o.resolution(WIDTH));
    }

    /** Returns poses at the corners of a triangle; the first two are the square root of 26 apart. */
    private static List<Pose> poses() {
        double c = Math.cos(0.3);
        double s = Math.sin(0.3);
        return List.of(
                new Pose(Mat3.IDENTITY, Vec3.ZERO),
                new Pose(Mat3.IDENTITY, new Vec3(-5, 0, 1)),
                new Pose(new Mat3(c, 0, s, 0, 1, 0, -s, 0, c), new Vec3(0, 7, 2)));
    }

    private static List<Camera> cameras(Prediction prediction) {
        return prediction.scene().views().stream()
                .map(view -> view.camera().orElseThrow())
                .toList();
    }

    private static List<Pose> posesOf(Prediction prediction) {
        return cameras(prediction).stream().map(Camera::pose).toList();
    }

    private static List<Intrinsics> intrinsics(Prediction prediction) {
        return cameras(prediction).stream().map(Camera::intrinsics).toList();
    }

    private static float[] depth(Prediction prediction, int view) {
        return prediction.scene().view(view).depth().values();
    }

    private static GaussianCloud gaussians(Prediction prediction) {
        return prediction.scene().gaussians().orElseThrow();
    }

    /** Compares by the largest difference, since long arrays take long to print. */
    private static void assertClose(float[] actual, float[] expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        double worst = 0;
        for (int i = 0; i < actual.length; i++) {
            worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
        }
        assertThat(worst).isLessThan(tolerance);
    }

    /** Returns the column of the projection of a Gaussian into its own view. */
    private static double column(Prediction prediction, int i) {
        Camera camera = cameras(prediction).get(i / (WIDTH * HEIGHT));
        float[] means = gaussians(prediction).means();
        Vec3 p = camera.pose().transform(new Vec3(means[3 * i], means[3 * i + 1], means[3 * i + 2]));
        return camera.intrinsics().fx() * p.x() / p.z() + camera.intrinsics().cx();
    }
}

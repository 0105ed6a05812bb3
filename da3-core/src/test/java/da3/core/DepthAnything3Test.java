package da3.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.geometry.rays.RayMap;
import da3.nn.Output;
import da3.nn.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tests of the smallest preset on images of a few patches. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DepthAnything3Test {

    private static final int CHANNELS = 384; // of a token of da3-small

    private DepthAnything3 model;

    @BeforeAll
    void load() {
        model = DepthAnything3.load("seeded:da3-small", EngineOptions.defaults().withThreads(2));
    }

    @AfterAll
    void close() {
        model.close();
    }

    @Test
    void equalRequestsGiveEqualBytes() {
        Request request = randomViews(3)
                .withOptions(o -> o.outputs(Set.of(Output.RAYS, Output.CAMERA)).featureLayers(List.of(3, 11)));
        assertSame(model.predict(request), model.predict(request));
    }

    @Test
    void threadsCanShareAModel() throws InterruptedException, ExecutionException {
        List<Request> requests = List.of(
                randomViews(1),
                randomViews(2),
                randomViews(3),
                randomViews(2).withOptions(o -> o.outputs(Set.of(Output.RAYS))));
        List<Prediction> alone = requests.stream().map(model::predict).toList();
        ExecutorService callers = Executors.newFixedThreadPool(requests.size());
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Prediction>> together = new ArrayList<>();
            for (Request request : requests) {
                together.add(callers.submit(() -> {
                    start.await();
                    return model.predict(request);
                }));
            }
            start.countDown();
            for (int i = 0; i < requests.size(); i++) {
                assertSame(together.get(i).get(), alone.get(i));
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void predictionsContainTheirProvenance() {
        Prediction prediction = model.predict(randomViews(1).withOptions(o -> o.seed(7)));
        assertThat(prediction.provenance().engine()).isEqualTo("nd4j");
        assertThat(prediction.provenance().precision()).isEqualTo("float32");
        assertThat(prediction.provenance().threads()).isEqualTo(2);
        assertThat(prediction.provenance().seed()).isEqualTo(7);
        assertThat(prediction.provenance().weights()).isEqualTo("seeded weights");
        assertThat(prediction.provenance().weightsHash()).isEmpty();
        assertThat(prediction.provenance().preset()).contains("da3-small");
        assertThat(prediction.provenance().resolution()).isEqualTo(56);
        assertThat(prediction.provenance().version()).matches("\\d+\\.\\d+.*");
        assertThat(prediction.scene().metric()).isFalse();
        assertThat(prediction.scale()).isEqualTo(1);
        assertThat(prediction.rays()).isEmpty();
        assertThat(prediction.features()).isEmpty();
    }

    @Test
    void raysAndFeaturesHaveTheirSizes() {
        Prediction prediction = model.predict(
                randomViews(2).withOptions(o -> o.outputs(Set.of(Output.RAYS)).featureLayers(List.of(0, 5, 11))));
        assertThat(prediction.rays().orElseThrow()).hasSize(2).allSatisfy(map -> {
            assertThat(map.width()).isEqualTo(8 * 4);
            assertThat(map.height()).isEqualTo(8 * 3);
            for (float confidence : map.confidence()) {
                assertThat(confidence).isGreaterThan(1);
            }
        });
        assertThat(prediction.features()).containsOnlyKeys(0, 5, 11);
        prediction.features().values().forEach(tokens -> assertThat(tokens)
                .hasSize(2 * 3 * 4 * CHANNELS)
                .doesNotContain(Float.NaN));
    }

    @Test
    void onlyRequestedOutputsAreReturned() {
        Prediction depthAlone = model.predict(randomViews(1).withOptions(o -> o.outputs(Set.of(Output.DEPTH))));
        assertThat(depthAlone.scene().view(0).camera()).isEmpty();
        assertThat(depthAlone.rays()).isEmpty();
        Prediction withoutFit = model.predict(
                randomViews(1).withOptions(o -> o.outputs(Set.of(Output.DEPTH)).posesFromRays(true)));
        assertSame(withoutFit, depthAlone);
        Prediction withCameras = model.predict(randomViews(1).withOptions(o -> o.outputs(Set.of(Output.CAMERA))));
        assertThat(cameras(withCameras)).isEqualTo(cameras(model.predict(randomViews(1))));
        assertThat(depth(withCameras, 0)).isEqualTo(depth(depthAlone, 0));
    }

    @Test
    void camerasFittedToRaysDependOnTheSeed() {
        Request request = randomViews(2).withOptions(o -> o.posesFromRays(true));
        Prediction fitted = model.predict(request);
        assertSame(model.predict(request), fitted);
        assertThat(cameras(fitted)).isNotEqualTo(cameras(model.predict(randomViews(2))));
        assertThat(depth(fitted, 1)).isEqualTo(depth(model.predict(request.withOptions(o -> o.seed(43))), 1));
    }

    @Test
    void depthIsInTheUnitOfGivenCameras() {
        Request request = randomViews(3).withCameras(givenPoses(), givenIntrinsics());
        Prediction aligned = model.predict(request);
        Prediction asSeen = model.predict(request.withOptions(o -> o.alignDepth(false)));
        assertThat(poses(aligned)).isEqualTo(givenPoses());
        // at half the size of the images
        assertThat(intrinsics(aligned)).containsOnly(new Intrinsics(40, 42, 28, 21));
        assertThat(intrinsics(asSeen)).isEqualTo(intrinsics(aligned));

        double unit = baseline(aligned) / baseline(asSeen);
        assertThat(unit).isNotCloseTo(1, within(1e-3));
        for (int v = 0; v < 3; v++) {
            for (int i = 0; i < depth(aligned, v).length; i++) {
                double expected = unit * depth(asSeen, v)[i];
                assertThat((double) depth(aligned, v)[i]).isCloseTo(expected, within(1e-5 * expected));
            }
        }
    }

    @Test
    void givenCamerasConditionTheNetwork() {
        Prediction conditioned = model.predict(
                randomViews(3).withCameras(givenPoses(), givenIntrinsics()).withOptions(o -> o.alignDepth(false)));
        assertThat(depth(conditioned, 0)).isNotEqualTo(depth(model.predict(randomViews(3)), 0));
        assertThat(conditioned.referenceView()).isEqualTo(-1);
    }

    @Test
    void intrinsicsAloneReplaceOnlyIntrinsics() {
        Prediction plain = model.predict(randomViews(3));
        Prediction calibrated = model.predict(randomViews(3).withIntrinsics(givenIntrinsics()));
        assertThat(poses(calibrated)).isEqualTo(poses(plain));
        assertThat(depth(calibrated, 2)).isEqualTo(depth(plain, 2));
        assertThat(intrinsics(calibrated)).containsOnly(new Intrinsics(40, 42, 28, 21));
        assertThat(intrinsics(plain)).doesNotContain(new Intrinsics(40, 42, 28, 21));
    }

    @Test
    void progressEndsWithTheHeads() {
        List<String> steps = new ArrayList<>();
        model.predict(randomViews(2), (stage, done, total) -> steps.add(stage + " " + done + "/" + total));
        assertThat(steps).contains("backbone 1/12", "backbone 12/12").endsWith("heads 1/2", "heads 2/2");
    }

    @Test
    void anExceptionFromProgressStopsTheCallAndKeepsTheModelUsable() {
        Prediction before = model.predict(randomViews(2));
        for (String where : List.of("backbone", "heads")) {
            Progress stop = (stage, done, total) -> {
                if (stage.equals(where)) {
                    throw new UnsupportedOperationException("stopped in " + stage);
                }
            };
            assertThatThrownBy(() -> model.predict(randomViews(2), stop))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("stopped in " + where);
        }
        assertSame(model.predict(randomViews(2)), before);
    }

    @Test
    void unsupportedOutputsAreRejected() {
        assertThatThrownBy(() -> model.predict(randomViews(1).withOptions(o -> o.outputs(Set.of(Output.GAUSSIANS)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("this model does not predict gaussians");
        assertThatThrownBy(() -> model.predict(randomViews(1).withOptions(o -> o.featureLayers(List.of(12)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("feature layer must be from 0 to 11, got 12");
    }

    @Test
    void useAfterCloseIsRejected() {
        DepthAnything3 closed = DepthAnything3.load("seeded:da3-small");
        closed.close();
        closed.close();
        assertThatThrownBy(() -> closed.predict(randomViews(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("nd4j", "is closed");
    }

    @Test
    void unknownModelsAndEnginesAreRejectedWithTheKnownOnes() {
        assertThatThrownBy(() -> DepthAnything3.load("seeded:da3-huge"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'da3-huge'", "da3-small", "da3nested-giant-large");
        assertThatThrownBy(() -> DepthAnything3.load(
                        "seeded:da3-small", EngineOptions.defaults().withEngine("abacus")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'abacus'", "auto", "nd4j");
        assertThatThrownBy(() -> EngineOptions.defaults().withThreads(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("-1", "must be 0");
    }

    /** Returns a request for images of 112x84 that are processed to 56x42, which is 4 x 3 patches. */
    private static Request randomViews(int views) {
        return Request.of(RandomImages.of(views, 112, 84, views)).withOptions(o -> o.resolution(56));
    }

    /** Returns poses at the corners of a triangle with equal orientation, except for the last one. */
    private static List<Pose> givenPoses() {
        double c = Math.cos(0.3);
        double s = Math.sin(0.3);
        return List.of(
                new Pose(Mat3.IDENTITY, Vec3.ZERO),
                new Pose(Mat3.IDENTITY, new Vec3(-5, 0, 1)),
                new Pose(new Mat3(c, 0, s, 0, 1, 0, -s, 0, c), new Vec3(0, 7, 2)));
    }

    private static List<Intrinsics> givenIntrinsics() {
        Intrinsics k = new Intrinsics(80, 84, 56, 42);
        return List.of(k, k, k);
    }

    private static List<Camera> cameras(Prediction prediction) {
        return prediction.scene().views().stream()
                .map(View::camera)
                .map(camera -> camera.orElseThrow())
                .toList();
    }

    private static List<Pose> poses(Prediction prediction) {
        return cameras(prediction).stream().map(Camera::pose).toList();
    }

    private static List<Intrinsics> intrinsics(Prediction prediction) {
        return cameras(prediction).stream().map(Camera::intrinsics).toList();
    }

    private static float[] depth(Prediction prediction, int view) {
        return prediction.scene().view(view).depth().values();
    }

    /** Returns the distance between the first two camera centers. */
    private static double baseline(Prediction prediction) {
        List<Pose> poses = poses(prediction);
        return poses.get(1).cameraCenter().minus(poses.get(0).cameraCenter()).norm();
    }

    /** Checks that all values are equal to the last bit. */
    private static void assertSame(Prediction actual, Prediction expected) {
        assertThat(arrays(actual)).usingElementComparator(BITS).containsExactlyElementsOf(arrays(expected));
        assertThat(actual.scene().views())
                .extracting(View::camera)
                .isEqualTo(expected.scene().views().stream().map(View::camera).toList());
        assertThat(actual.referenceView()).isEqualTo(expected.referenceView());
        assertThat(actual.provenance()).isEqualTo(expected.provenance());
    }

    private static final Comparator<float[]> BITS = Arrays::compare;

    private static List<float[]> arrays(Prediction prediction) {
        List<float[]> arrays = new ArrayList<>();
        for (View view : prediction.scene().views()) {
            arrays.add(view.depth().values());
            view.confidence().map(ScalarMap::values).ifPresent(arrays::add);
        }
        for (RayMap map : prediction.rays().orElse(List.of())) {
            arrays.add(map.rays());
            arrays.add(map.confidence());
        }
        prediction.features().keySet().stream()
                .sorted()
                .map(prediction.features()::get)
                .forEach(arrays::add);
        return arrays;
    }
}

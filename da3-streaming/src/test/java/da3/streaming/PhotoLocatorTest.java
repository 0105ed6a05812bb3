package da3.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.Scene;
import da3.geometry.Sim3;
import da3.geometry.View;
import da3.geometry.align.Umeyama;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.geometry.metrics.Angles;
import da3.streaming.PhotoLocation.Placement;
import da3.streaming.frame.Frame;
import da3.streaming.prior.Measurements;
import da3.streaming.window.AlignmentModel;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every third view of a circle is a photo, the others make the map. */
class PhotoLocatorTest {

    private static final int FRAMES = 40;
    private static final int PHOTOS = 20;

    /** First the frames, then the photos. */
    private static final Oracle ORACLE = ordered(Oracle.circle(FRAMES + PHOTOS)).withNoise(0.02, 0.003);

    private static final StreamingOptions OPTIONS = StreamingOptions.defaults().withWindow(10, 3);

    @TempDir
    private Path folder;

    private static Oracle ordered(Oracle circle) {
        List<View> frames = new ArrayList<>();
        List<View> photos = new ArrayList<>();
        for (int i = 0; i < circle.truth().size(); i++) {
            (i % 3 == 1 ? photos : frames).add(circle.truth().get(i));
        }
        frames.addAll(photos);
        return new Oracle(frames, 0, 0, false);
    }

    private static Frame photo(int number) {
        View view = ORACLE.truth().get(FRAMES + number);
        return new Frame(FRAMES + number, 0, "photo" + number, view.image());
    }

    private StreamingMap map(StreamingOptions options, WindowPredictor predictor) throws IOException {
        StreamingMap map = StreamingMap.open(folder, predictor, options);
        List<Image> images =
                ORACLE.truth().subList(0, FRAMES).stream().map(View::image).toList();
        map.run(Oracle.source(images, true), StreamingListener.SILENT);
        return map;
    }

    @Test
    void photosBetweenFramesArePlaced() throws IOException {
        try (StreamingMap map = map(OPTIONS, ORACLE)) {
            assertThat(within5Centimeters(map, 3)).isGreaterThanOrEqualTo(6);
        }
    }

    /** Without descriptors, frames that cover the map are tried. */
    @Test
    void photosArePlacedWithoutDescriptors() throws IOException {
        WindowPredictor plain = new Plain();
        try (StreamingMap map = map(OPTIONS.withLoops(LoopMethod.OFF), plain)) {
            assertThat(within5Centimeters(map, 20)).isEqualTo(1);
        }
    }

    /** Returns how many of every n-th photo are placed within 5 cm and 2 degrees of the truth. */
    private static long within5Centimeters(StreamingMap map, int n) throws IOException {
        List<Pose> truth = ORACLE.cameras().stream().map(Camera::pose).toList();
        List<Pose> cameras = map.cameras().stream().map(Camera::pose).toList();
        Sim3 toTruth = Umeyama.align(truth.subList(0, FRAMES), cameras);
        PhotoLocator locator = map.locator();
        long count = 0;
        for (int i = 0; i < PHOTOS; i += n) {
            Optional<Placement> placement = locator.locate(photo(i)).placement();
            if (placement.isPresent()) {
                Pose pose = toTruth.applyToPose(placement.get().camera().pose());
                Pose expected = truth.get(FRAMES + i);
                double meters =
                        pose.cameraCenter().minus(expected.cameraCenter()).norm();
                assertThat(placement.get().confidence()).isGreaterThan(0.3);
                count += meters <= 0.05 && Angles.between(pose.rotation(), expected.rotation()) <= 2 ? 1 : 0;
            }
        }
        return count;
    }

    /** A prediction of a photo of elsewhere whose camera is wrong, as a network guesses it, is not accepted. */
    @Test
    void photosOfElsewhereAreRejected() throws IOException {
        try (StreamingMap map = map(OPTIONS, new Guessing())) {
            PhotoLocator locator = map.locator();
            for (int i = 0; i < PHOTOS; i += 10) {
                PhotoLocation location = locator.locate(photo(i));
                assertThat(location.placement()).as(location.explanation()).isEmpty();
                assertThat(location.explanation()).contains("does not fit the map: near frame");
            }
        }
    }

    @Test
    void aPhotoOfAnotherShapeIsCropped() throws IOException {
        FittedPhoto fitted = FittedPhoto.of(new Image(200, 300, new byte[3 * 200 * 300]), 56, 42);
        assertThat(fitted.image().width()).isEqualTo(56);
        assertThat(fitted.image().height()).isEqualTo(42);
        Intrinsics k = fitted.transform().undo(new Intrinsics(50, 50, 28, 21));
        assertThat(k.fx()).isCloseTo(50 / 0.28, within(1e-9));
        assertThat(k.cx()).isCloseTo(100, within(1e-9));
        assertThat(k.cy()).isCloseTo(150, within(1e-9));
    }

    @Test
    void aMapIsOpenedWithItsOptions() throws IOException {
        assertThatThrownBy(() -> StreamingMap.openStored(folder, ORACLE, Measurements.NONE))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("does not exist; da3 stream makes a map");
        List<Camera> cameras;
        try (StreamingMap map = map(OPTIONS.withLoops(LoopMethod.FRUSTA).withAlignment(AlignmentModel.SIM3), ORACLE)) {
            cameras = map.cameras();
        }
        try (StreamingMap map = StreamingMap.openStored(folder, ORACLE, Measurements.NONE)) {
            assertThat(map.cameras()).isEqualTo(cameras);
        }
        assertThatThrownBy(() -> StreamingMap.openStored(folder, new Plain(), Measurements.NONE))
                .hasMessageContaining("model of a run that continues");
    }

    /** Predicts no descriptors. */
    private static class Plain implements WindowPredictor {

        @Override
        public String description() {
            return "plain";
        }

        @Override
        public Frame prepare(Frame frame) {
            return frame;
        }

        @Override
        public WindowPrediction predict(List<Frame> frames) {
            return new WindowPrediction(ORACLE.predict(frames).scene(), List.of());
        }
    }

    /** Turns the cameras of photos around. */
    private static final class Guessing extends Plain {

        @Override
        public WindowPrediction predict(List<Frame> frames) {
            WindowPrediction prediction = ORACLE.predict(frames);
            List<View> views = new ArrayList<>();
            for (int i = 0; i < frames.size(); i++) {
                View view = prediction.scene().view(i);
                boolean photo = frames.get(i).number() >= FRAMES;
                views.add(
                        photo
                                ? new View(
                                        view.image(),
                                        view.depth(),
                                        view.confidence(),
                                        view.camera().map(Guessing::turned))
                                : view);
            }
            return new WindowPrediction(new Scene(views, Optional.empty(), false), prediction.descriptors());
        }

        private static Camera turned(Camera camera) {
            Pose aside = new Pose(Mat3.IDENTITY, new Vec3(1.5, 0.3, -0.8));
            return new Camera(aside.compose(camera.pose()), camera.intrinsics());
        }
    }
}

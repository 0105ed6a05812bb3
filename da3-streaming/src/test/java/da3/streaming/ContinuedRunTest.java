package da3.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.Image;
import da3.geometry.View;
import da3.streaming.frame.Frame;
import da3.streaming.frame.FrameSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that were stopped and continue. */
class ContinuedRunTest {

    private static final Oracle ORACLE = Oracle.circle(40);
    private static final StreamingOptions OPTIONS = StreamingOptions.defaults().withWindow(9, 3);

    @TempDir
    private Path folder;

    @Test
    void otherOptionsNeedAnotherDirectory() throws IOException {
        run(ORACLE, folder).close();
        assertThatThrownBy(() -> StreamingMap.open(folder, ORACLE, OPTIONS.withWindow(8, 3)))
                .hasMessageContaining("windows of a run that continues")
                .hasMessageContaining("must be \"windows of 9 frames that share 3")
                .hasMessageContaining("use another directory");
    }

    @Test
    void oneRunAtATime() throws IOException {
        try (StreamingMap map = StreamingMap.open(folder, ORACLE, OPTIONS)) {
            assertThat(map.size()).isZero();
            assertThatThrownBy(() -> StreamingMap.open(folder, ORACLE, OPTIONS))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use by another run");
        }
    }

    /** A run that is killed after every window, or after every second one, ends with the same bytes. */
    @Test
    void continuedRunsEndWithTheSameBytes() throws IOException {
        Path whole = folder.resolve("whole");
        try (StreamingMap map = run(ORACLE.withNoise(0.02, 0.01), whole)) {
            export(map, whole);
        }
        for (int kill = 1; kill <= 2; kill++) {
            Path directory = folder.resolve("killed" + kill);
            for (boolean again = true; again; ) {
                int windows = kill;
                try (StreamingMap map = StreamingMap.open(directory, ORACLE.withNoise(0.02, 0.01), OPTIONS)) {
                    int before = map.windows().size();
                    map.run(ORACLE.source(), (window, frames) -> {
                        if (window.number() + 1 == before + windows) {
                            throw new IllegalStateException("killed");
                        }
                    });
                    export(map, directory);
                    again = false;
                } catch (IllegalStateException killed) {
                    assertThat(killed).hasMessage("killed");
                }
            }
            for (String file : List.of("map.da3s", "trajectory.tum", "intrinsics.txt", "points.ply")) {
                assertThat(directory.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
            }
        }
    }

    /** A folder that has changed since is no source to continue from. */
    @Test
    void changedSources() throws IOException {
        try (StreamingMap map = run(ORACLE, folder)) {
            List<Image> fewer =
                    ORACLE.truth().subList(0, 20).stream().map(View::image).toList();
            assertThatThrownBy(() -> map.run(Oracle.source(fewer, true), StreamingListener.SILENT))
                    .hasMessageContaining("frame 37 of a source that continues")
                    .hasMessageContaining("must be frame37.png, number 37 of the source, as before, got the end");
        }
    }

    /** The images of the overlap come from the store if the source cannot be read again. */
    @Test
    void continuedRunsOfACamera() throws IOException {
        List<Image> images = ORACLE.truth().stream().map(View::image).toList();
        Path whole = folder.resolve("whole");
        try (StreamingMap map = StreamingMap.open(whole, ORACLE, OPTIONS)) {
            map.run(Oracle.source(images, false), StreamingListener.SILENT);
        }
        Path parts = folder.resolve("parts");
        var camera = Oracle.source(images.subList(0, 21), false);
        try (StreamingMap map = StreamingMap.open(parts, ORACLE, OPTIONS)) {
            map.run(camera, StreamingListener.SILENT);
            assertThat(map.size()).isEqualTo(21);
        }
        try (StreamingMap map = StreamingMap.open(parts, ORACLE, OPTIONS)) {
            map.run(laterFrames(images, 21), StreamingListener.SILENT);
            assertThat(map.size()).isEqualTo(40);
        }
        assertThat(parts.resolve("map.da3s")).hasSameBinaryContentAs(whole.resolve("map.da3s"));
    }

    /**
     * A network may return rounded colors; the store keeps those of the camera, which the next window needs exactly.
     */
    @Test
    void imagesOfACameraAreExact() throws IOException {
        List<Image> images =
                ORACLE.truth().subList(0, 9).stream().map(View::image).toList();
        try (StreamingMap map = StreamingMap.open(folder, new Darkened(), OPTIONS)) {
            map.run(Oracle.source(images, false), StreamingListener.SILENT);
            assertThat(map.view(3).image().rgb()).isEqualTo(images.get(3).rgb());
        }
    }

    /** An oracle that returns black images. */
    private record Darkened() implements WindowPredictor {

        @Override
        public String description() {
            return ORACLE.description();
        }

        @Override
        public Frame prepare(Frame frame) {
            return frame;
        }

        @Override
        public WindowPrediction predict(List<Frame> frames) {
            return ORACLE.predict(frames.stream()
                    .map(frame -> frame.withImage(
                            new Image(Oracle.WIDTH, Oracle.HEIGHT, new byte[3 * Oracle.WIDTH * Oracle.HEIGHT])))
                    .toList());
        }
    }

    /** Known intrinsics of the overlap come from the store, too; the network uses them only if it has all. */
    @Test
    void continuedRunsOfACalibratedCamera() throws IOException {
        List<Image> images = ORACLE.truth().stream().map(View::image).toList();
        Calibrated predictor = new Calibrated(new ArrayList<>());
        try (StreamingMap map = StreamingMap.open(folder, predictor, OPTIONS)) {
            map.run(Oracle.source(images.subList(0, 21), false), StreamingListener.SILENT);
        }
        try (StreamingMap map = StreamingMap.open(folder, predictor, OPTIONS)) {
            map.run(laterFrames(images, 21), StreamingListener.SILENT);
        }
        assertThat(predictor.uncalibrated).isEmpty();
    }

    /**
     * An oracle of a calibrated camera.
     *
     * @param uncalibrated receives the names of frames that are predicted without intrinsics
     */
    private record Calibrated(List<String> uncalibrated) implements WindowPredictor {

        @Override
        public String description() {
            return ORACLE.description();
        }

        @Override
        public Frame prepare(Frame frame) {
            return frame.withIntrinsics(ORACLE.cameras().get(0).intrinsics());
        }

        @Override
        public WindowPrediction predict(List<Frame> frames) {
            frames.stream()
                    .filter(frame -> frame.intrinsics().isEmpty())
                    .map(Frame::name)
                    .forEach(uncalibrated::add);
            return ORACLE.predict(frames);
        }
    }

    private static FrameSource laterFrames(List<Image> images, int from) throws IOException {
        var source = Oracle.source(images, false);
        source.open().skip(from);
        return source;
    }

    private static void export(StreamingMap map, Path directory) throws IOException {
        for (MapFormat format : MapFormat.DEFAULTS) {
            format.write(map, directory, PointOptions.defaults());
        }
    }

    private static StreamingMap run(Oracle oracle, Path directory) throws IOException {
        StreamingMap map = StreamingMap.open(directory, oracle, OPTIONS);
        map.run(oracle.source(), StreamingListener.SILENT);
        return map;
    }
}

package da3.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Sim3;
import da3.geometry.View;
import da3.geometry.align.Umeyama;
import da3.geometry.math.Vec3;
import da3.geometry.metrics.TrajectoryError;
import da3.io.PlyReader;
import da3.io.colmap.ColmapFiles;
import da3.io.colmap.ColmapImage;
import da3.io.colmap.ColmapModel;
import da3.io.colmap.ColmapPoint;
import da3.streaming.frame.Frame;
import da3.streaming.frame.FrameSource;
import da3.streaming.frame.FrameStream;
import da3.streaming.store.WindowInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamingMapTest {

    private static final Oracle ORACLE = Oracle.circle(40);
    private static final StreamingOptions OPTIONS = StreamingOptions.defaults().withWindow(9, 3);

    @TempDir
    private Path folder;

    /** Stored depth has a relative precision of 2e-4, which bounds the accuracy of a chain of exact windows. */
    @Test
    void exactWindowsGiveTheExactRoute() throws IOException {
        try (StreamingMap map = run(ORACLE, folder)) {
            assertThat(map.size()).isEqualTo(40);
            assertThat(map.windows()).hasSize(7).allMatch(window -> window.inliers() > 0.999);
            assertThat(error(map)).isLessThan(2e-4);
            assertThat(map.cameras().get(0).pose().translation().norm()).isLessThan(1e-12);
            double scale = similarity(map).scale();
            for (int i = 0; i < map.size(); i++) {
                assertThat(medianRatio(ORACLE.truth().get(i), map.view(i)) * scale)
                        .isCloseTo(1, within(1e-3));
            }
        }
    }

    @Test
    void windowsInMetersKeepTheirScale() throws IOException {
        try (StreamingMap map = run(ORACLE.inMeters().withNoise(0.05, 0), folder)) {
            assertThat(map.metric()).isTrue();
            assertThat(map.windows().stream().map(WindowInfo::toPrevious).map(Sim3::scale))
                    .containsOnly(1.0);
            assertThat(error(map)).isLessThan(0.02);
        }
    }

    @Test
    void noiseAndDriftGiveASmallError() throws IOException {
        try (StreamingMap map = run(ORACLE.withNoise(0.05, 0.003), folder)) {
            assertThat(error(map)).isLessThan(0.05);
        }
    }

    @Test
    void shortSequences() throws IOException {
        for (int frames : new int[] {1, 2, 3, 8, 9, 10}) {
            PointOptions coarse = PointOptions.defaults().withVoxelSize(0.2);
            Path directory = folder.resolve("" + frames);
            List<Image> images =
                    ORACLE.truth().subList(0, frames).stream().map(View::image).toList();
            try (StreamingMap map = StreamingMap.open(directory, ORACLE, OPTIONS)) {
                map.run(Oracle.source(images, true), StreamingListener.SILENT);
                assertThat(map.size()).isEqualTo(frames);
                assertThat(map.windows()).hasSize(frames > 9 ? 2 : 1);
                for (MapFormat format : MapFormat.values()) {
                    assertThat(format.write(map, directory, coarse)).isNotEmpty();
                }
            }
        }
    }

    @Test
    void exports() throws IOException {
        try (StreamingMap map = run(ORACLE, folder)) {
            PointOptions few = PointOptions.defaults().withMaxPoints(101).withConfidencePercentile(0);
            Path points = MapFormat.PLY.write(map, folder, few).get(0);
            assertThat(PlyReader.read(points).vertexCount()).isEqualTo(101);
            ColmapModel model = ColmapFiles.read(
                    MapFormat.COLMAP.write(map, folder, few).get(1).getParent());
            assertThat(model.points()).hasSize(101);
            assertThat(model.images()).hasSize(40);
            assertThat(model.images().get(7).pose().translation())
                    .isEqualTo(map.cameras().get(7).pose().translation());
            for (ColmapPoint point : model.points()) {
                ColmapImage image = model.images().get(point.images()[0] - 1);
                Intrinsics k = model.camera(image.camera()).lens().intrinsics();
                Vec3 p = image.pose().transform(point.position());
                assertThat(k.projectX(p.x(), p.z())).isCloseTo(image.xy()[2 * point.observations()[0]], within(1e-3));
            }
        }
        assertThat(MapFormat.parse("PLY-tum")).containsExactly(MapFormat.PLY, MapFormat.TUM);
    }

    /** Cameras and scales include every stored window, also when a listener asks for them during a run. */
    @Test
    void mapsCanBeReadDuringARun() throws IOException {
        try (StreamingMap map = StreamingMap.open(folder, ORACLE, OPTIONS)) {
            map.run(ORACLE.source(), (window, frames) -> {
                assertThat(map.cameras()).hasSize(frames);
                assertThat(map.scales()).hasSize(window.number() + 1);
            });
            assertThat(map.cameras()).hasSize(40);
        }
    }

    @Test
    void noFramesGiveAnEmptyMap() throws IOException {
        try (StreamingMap map = StreamingMap.open(folder, ORACLE, OPTIONS)) {
            map.run(Oracle.source(List.of(), true), StreamingListener.SILENT);
            assertThat(map.size()).isZero();
            assertThat(MapFormat.PLY.write(map, folder, PointOptions.defaults()))
                    .hasSize(1);
        }
    }

    @Test
    void duplicatesAndFramesWithoutDepth() throws IOException {
        List<View> views = new ArrayList<>(ORACLE.truth().subList(0, 12));
        views.addAll(4, Collections.nCopies(9, views.get(4)));
        View black = new View(
                new Image(Oracle.WIDTH, Oracle.HEIGHT, new byte[3 * Oracle.WIDTH * Oracle.HEIGHT]),
                views.get(0).depth().scaled(0),
                views.get(0).confidence(),
                views.get(0).camera());
        views.addAll(17, Collections.nCopies(12, black));
        Oracle oracle = new Oracle(views, 0, 0, false);
        try (StreamingMap map = run(oracle, folder)) {
            assertThat(map.size()).isEqualTo(views.size());
            assertThat(map.cameras())
                    .allMatch(camera -> camera.pose().rotation().isFinite()
                            && camera.pose().translation().isFinite());
            assertThat(map.windows()).anyMatch(window -> window.inliers() == 0);
        }
    }

    /** If a source fails, the frames before the failure are computed and stored. */
    @Test
    void brokenSources() throws IOException {
        FrameSource broken = new FrameSource() {
            @Override
            public FrameStream open() throws IOException {
                FrameStream frames = ORACLE.source().open();
                return new FrameStream() {
                    private int count;

                    @Override
                    public Optional<Frame> next() throws IOException {
                        if (count++ == 13) {
                            throw new IOException("video.mp4 is damaged");
                        }
                        return frames.next();
                    }

                    @Override
                    public void close() throws IOException {
                        frames.close();
                    }
                };
            }

            @Override
            public String description() {
                return "test";
            }
        };
        try (StreamingMap map = StreamingMap.open(folder, ORACLE, OPTIONS)) {
            assertThatThrownBy(() -> map.run(broken, StreamingListener.SILENT))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the source ended early, after 13 frames, which can be used: video.mp4 is damaged");
            assertThat(map.windows()).hasSize(2);
            assertThat(MapFormat.PLY.write(map, folder, PointOptions.defaults()))
                    .hasSize(1);
            map.run(ORACLE.source(), StreamingListener.SILENT);
            assertThat(map.size()).isEqualTo(40);
        }
    }

    @Test
    void framesHaveOneSize() throws IOException {
        List<Image> images = List.of(ORACLE.truth().get(0).image(), new Image(28, 28, new byte[3 * 28 * 28]));
        try (StreamingMap map = StreamingMap.open(folder, ORACLE, OPTIONS)) {
            assertThatThrownBy(() -> map.run(Oracle.source(images, true), StreamingListener.SILENT))
                    .hasMessage("processing size of frame1.png must be 56x42 as of frame0.png, got 28x28");
        }
    }

    private static StreamingMap run(Oracle oracle, Path directory) throws IOException {
        StreamingMap map = StreamingMap.open(directory, oracle, OPTIONS);
        map.run(oracle.source(), StreamingListener.SILENT);
        return map;
    }

    /** Returns the absolute trajectory error in meters. */
    private static double error(StreamingMap map) {
        return TrajectoryError.of(map.cameras(), ORACLE.cameras()).orElseThrow().absolute();
    }

    private static Sim3 similarity(StreamingMap map) {
        return Umeyama.align(
                ORACLE.cameras().stream().map(Camera::pose).toList(),
                map.cameras().stream().map(Camera::pose).toList());
    }

    private static double medianRatio(View truth, View view) {
        double[] ratios = new double[truth.depth().values().length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = view.depth().values()[i] / truth.depth().values()[i];
        }
        Arrays.sort(ratios);
        return ratios[ratios.length / 2];
    }
}

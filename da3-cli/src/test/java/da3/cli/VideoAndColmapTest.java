package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.View;
import da3.geometry.lens.Undistortion;
import da3.io.Images;
import da3.io.colmap.ColmapCamera;
import da3.io.colmap.ColmapCameraModel;
import da3.io.colmap.ColmapFiles;
import da3.io.colmap.ColmapImage;
import da3.io.colmap.ColmapModel;
import da3.synthetic.CameraRig;
import da3.synthetic.SampleScenes;
import da3.synthetic.SyntheticRenderer;
import da3.video.VideoOptions;
import da3.video.VideoReader;
import da3.video.VideoWriter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of predictions from videos and COLMAP folders. */
class VideoAndColmapTest {

    private static final int WIDTH = 96;
    private static final int HEIGHT = 72;
    private static final double[] OPENCV = {90, 90, 48, 36, -0.2, 0.05, 0.001, 0.002};

    private static final List<View> VIEWS = SyntheticRenderer.render(
                    SampleScenes.indoor(3),
                    SampleScenes.indoorArc().withCount(3).cameras(CameraRig.lens(WIDTH, HEIGHT, Math.toRadians(56))),
                    WIDTH,
                    HEIGHT)
            .views();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"video, 2, 2.00", "auto, 2, 2.00", "video, 100, 4.00"})
    void framesOfAVideoAreViews(String command, String fps, String rate) throws IOException {
        CommandRun run = predict(command, video(), "--fps=" + fps, "--export-format=colmap_text-tum");
        assertThat(run.exitCode()).as(run.err()).isZero();
        int frames = fps.equals("2") ? 3 : 6;
        assertThat(run.err()).contains(frames + " frames of 96x72, " + rate + " per second", frames + " views in");
        if (fps.equals("100")) {
            assertThat(run.err()).contains("has 4.00 frames per second, fewer than --fps 100.00");
        }
        ColmapModel model = ColmapFiles.read(folder.resolve("out/colmap_text/sparse/0"));
        assertThat(model.images())
                .hasSize(frames)
                .element(1)
                .extracting(ColmapImage::name)
                .isEqualTo("frame_000001.png");
        assertThat(Files.readAllLines(folder.resolve("out/trajectory_tum.txt"))).hasSize(frames);
    }

    @Test
    void featuresAreWrittenAsImagesAndVideos() throws IOException {
        CommandRun run = predict("video", video(), "--fps=2", "--export-format=feat_vis", "--export-feat=5,11");
        assertThat(run.exitCode()).as(run.err()).isZero();
        for (int layer : new int[] {5, 11}) {
            Path images = folder.resolve("out/feat_vis/feat_layer_" + layer);
            assertThat(Images.list(images)).hasSize(3).startsWith(images.resolve("000000.jpg"));
            try (VideoReader video = VideoReader.open(Path.of(images + ".mp4"), 100)) {
                assertThat(video.width()).isEqualTo(2 * 56);
                assertThat(video.framesPerSecond()).isCloseTo(15, within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"colmap", "auto"})
    void colmapCamerasAreKeptAndImagesUndistorted(String command) throws IOException {
        colmapFolder(ColmapCameraModel.OPENCV, OPENCV);
        CommandRun run = predict(command, folder.resolve("room"), "--sparse-subdir=0", "--export-format=colmap-kitti");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("1 of 4 images are not in", "are skipped: lost.png", "3 of 3 images were undistorted");
        ColmapModel model = ColmapFiles.read(folder.resolve("out/colmap/sparse/0"));
        Undistortion undistortion = Undistortion.of(
                new ColmapCamera(1, ColmapCameraModel.OPENCV, WIDTH, HEIGHT, OPENCV).lens(), WIDTH, HEIGHT);
        for (int i = 0; i < 3; i++) {
            Pose given = VIEWS.get(i).camera().orElseThrow().pose();
            ColmapImage image = model.images().get(i);
            assertThat(image.name()).isEqualTo("image " + i + ".png");
            assertThat(image.pose().toMatrix3x4()).containsExactly(given.toMatrix3x4(), within(1e-9));
            ColmapCamera camera = model.camera(image.camera());
            assertThat(camera.width()).isEqualTo(undistortion.width());
            Intrinsics k = undistortion.intrinsics();
            assertThat(camera.parameters())
                    .containsExactly(new double[] {k.fx(), k.fy(), k.cx(), k.cy()}, within(1e-6));
        }
        assertThat(Files.readAllLines(folder.resolve("out/trajectory_kitti.txt")))
                .hasSize(3);
    }

    @Test
    void invalidColmapFoldersAreRejected() throws IOException {
        Path room = folder.resolve("room");
        colmapFolder(ColmapCameraModel.PINHOLE, Arrays.copyOf(OPENCV, 4));
        fails(predict("colmap", room), "room/sparse must be a folder with the files of a COLMAP model");
        fails(
                predict("colmap", folder.resolve("nowhere")),
                "nowhere/sparse must be a folder with the files of a COLMAP model");
        byte[] images = Files.readAllBytes(room.resolve("sparse/0/images.bin"));
        Files.write(room.resolve("sparse/0/images.bin"), Arrays.copyOf(images, images.length - 1));
        fails(predict("colmap", room, "--sparse-subdir=0"), "images.bin", "truncated");
        Files.write(room.resolve("sparse/0/images.bin"), images);
        writePng(new Image(HEIGHT, WIDTH, VIEWS.get(0).image().rgb()), "image 1.png");
        fails(predict("colmap", room, "--sparse-subdir=0"), "image 1.png must be that of camera 1, 96x72, got 72x96");
        try (Stream<Path> files = Files.list(room.resolve("images"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        fails(predict("colmap", room, "--sparse-subdir=0"), "images contains none of the 4 images of the model");
        assertThat(folder.resolve("out")).satisfiesAnyOf(out -> assertThat(out).doesNotExist(), out -> assertThat(out)
                .isEmptyDirectory());
    }

    private static void fails(CommandRun run, String... parts) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(parts).doesNotContain("\tat ", "Exception", "unexpected");
    }

    private CommandRun predict(String command, Path input, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                input.toString(),
                "--model=seeded:da3-small",
                "--process-res=56",
                "--threads=1",
                "--export-dir=" + folder.resolve("out")));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments);
    }

    private Path video() throws IOException {
        VideoOptions options = VideoOptions.defaults().withFramesPerSecond(4);
        try (VideoWriter writer = VideoWriter.create(folder.resolve("room.mp4"), WIDTH, HEIGHT, options)) {
            for (int i = 0; i < 6; i++) {
                writer.write(VIEWS.get(i / 2).image());
            }
            return writer.commit();
        }
    }

    private void colmapFolder(ColmapCameraModel model, double[] parameters) throws IOException {
        List<ColmapImage> images = new ArrayList<>();
        Files.createDirectories(folder.resolve("room/images"));
        for (int i = 0; i < 3; i++) {
            Camera camera = VIEWS.get(i).camera().orElseThrow();
            writePng(VIEWS.get(i).image(), "image " + i + ".png");
            images.add(new ColmapImage(i + 1, camera.pose(), 1, "image " + i + ".png", new double[0], new long[0]));
        }
        images.add(new ColmapImage(4, Pose.IDENTITY, 1, "lost.png", new double[0], new long[0]));
        ColmapCamera camera = new ColmapCamera(1, model, WIDTH, HEIGHT, parameters);
        ColmapFiles.writeBinary(
                new ColmapModel(List.of(camera), images, List.of()), folder.resolve("room"), "sparse/0");
    }

    private void writePng(Image image, String name) throws IOException {
        BufferedImage buffered = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                buffered.setRGB(
                        x, y, image.channel(x, y, 0) << 16 | image.channel(x, y, 1) << 8 | image.channel(x, y, 2));
            }
        }
        ImageIO.write(buffered, "png", folder.resolve("room/images/" + name).toFile());
    }
}

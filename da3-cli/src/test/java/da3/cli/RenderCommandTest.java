package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;

import da3.geometry.GaussianCloud;
import da3.geometry.Image;
import da3.geometry.Scene;
import da3.geometry.metrics.Psnr;
import da3.geometry.splat.PixelSplats;
import da3.io.GaussianPly;
import da3.io.GaussianPlyOptions;
import da3.io.Images;
import da3.io.MiniNpz;
import da3.synthetic.CameraRig;
import da3.synthetic.SampleScenes;
import da3.synthetic.SyntheticRenderer;
import da3.video.VideoReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenderCommandTest {

    private static final int WIDTH = 48;
    private static final int HEIGHT = 36;

    @TempDir
    private Path folder;

    private Scene scene;
    private Path ply;
    private Path npz;

    @BeforeEach
    void export() throws IOException {
        Scene rendered = SyntheticRenderer.render(
                SampleScenes.indoor(3),
                SampleScenes.indoorArc().withAngles(-0.32, 0).cameras(CameraRig.lens(WIDTH, HEIGHT, 1)),
                WIDTH,
                HEIGHT);
        GaussianCloud cloud = PixelSplats.of(rendered);
        scene = new Scene(rendered.views(), Optional.of(cloud), true);
        ply = GaussianPly.write(scene, folder, GaussianPlyOptions.complete());
        npz = MiniNpz.write(scene, folder);
    }

    @Test
    void theFirstFrameReproducesTheFirstView() throws IOException {
        CommandRun run = render("--path=original");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines()).hasSize(3);
        Image frame = Images.read(folder.resolve("frames/0000.png"));
        double psnr = Psnr.of(frame, scene.view(0).image());
        assertThat(psnr).isGreaterThan(17);
        assertThat(psnr).isGreaterThan(3 + Psnr.of(frame, scene.view(2).image()));
    }

    @Test
    void framesAreNotReplacedWithoutOverwrite() throws IOException {
        Files.createDirectories(folder.resolve("frames"));
        CommandRun run = render("--path=original");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("already contains results", "--overwrite");
        assertThat(render("--path=original", "--overwrite", "--scale=0.5").exitCode())
                .isZero();
        assertThat(Images.read(folder.resolve("frames/0002.png")).width()).isEqualTo(WIDTH / 2);
    }

    @Test
    void framesAreWrittenToAVideo() throws IOException {
        Path video = folder.resolve("videos/flight.mp4");
        CommandRun run = render("--path=original", "--video=" + video, "--fps=2");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines()).containsExactly(video.toString());
        assertThat(folder.resolve("frames")).doesNotExist();
        try (VideoReader reader = VideoReader.open(video, 2)) {
            for (int v = 0; v < 3; v++) {
                assertThat(Psnr.of(reader.next(), scene.view(v).image())).isGreaterThan(17);
            }
            assertThat(reader.hasNext()).isFalse();
        }
        assertThat(render("--video=" + video).err()).contains("flight.mp4", "--overwrite to replace them");
        assertThat(render("--path=original", "--video=" + video, "--overwrite").exitCode())
                .isZero();
        assertThat(render("--video=" + video, "--overwrite", "--scale=0.1").err())
                .contains("size of a video must be at least 16x16", "got 5x4");
        assertThat(video).isNotEmptyFile();
        assertThat(render("--video=flight.avi").err()).contains("must be a name that ends in .mp4", "flight.avi");
        assertThat(render("--video=" + video, "--fps=0").err()).contains("must be from 0.01 to 240, got 0.0");
    }

    @Test
    void invalidInputIsReported() {
        assertThat(render("--path=spiral").err())
                .startsWith("da3: path must be one of original, ")
                .contains("got 'spiral'");
        assertThat(render("--path=wobble_inter").err()).contains("path wobble_inter must be at least 4");
        assertThat(render("--scale=0").err()).contains("scale must be positive and finite, got 0.0");
        npz = ply;
        assertThat(render().err()).contains("is not a NumPy archive");
        assertThat(folder.resolve("frames")).doesNotExist();
    }

    private CommandRun render(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("render", ply.toString(), "--cameras=" + npz, "--export-dir=" + folder, "--threads=1"));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments);
    }
}

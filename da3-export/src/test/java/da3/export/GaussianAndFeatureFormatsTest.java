package da3.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.GaussianCloud;
import da3.io.GaussianPly;
import da3.io.GaussianPlyOptions;
import da3.io.GaussianPlyReader;
import da3.io.Images;
import da3.video.VideoReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that read files of Gaussians and features back. */
class GaussianAndFeatureFormatsTest {

    private static final double ALL_FRAMES = 1000; // per second

    @TempDir
    private Path folder;

    @Test
    void gaussiansAreSelectedByTheOptions() throws IOException {
        GaussianCloud expected = GaussianPly.selected(SampleExport.SCENE, GaussianPlyOptions.defaults());
        GaussianCloud read = GaussianPlyReader.read(
                ExportFormat.GS_PLY.write(SampleExport.to(folder)).get(0));
        assertThat(read.means()).isEqualTo(expected.means());
        assertThat(read.opacities()).containsExactly(expected.opacities(), within(1e-6f));
    }

    @Test
    void theVideoOfGaussiansShowsColorAndDepth() throws IOException {
        List<Path> files = ExportFormat.GS_VIDEO.write(SampleExport.to(folder));
        assertThat(files).containsExactly(folder.resolve("gs_video/0000_extend.mp4"));
        try (VideoReader video = VideoReader.open(files.get(0), ALL_FRAMES)) {
            assertThat(video.width()).isEqualTo(2 * SampleExport.WIDTH);
            assertThat(video.height()).isEqualTo(SampleExport.HEIGHT);
            assertThat(count(video)).isGreaterThan(SampleExport.VIEWS);
        }
    }

    @Test
    void featuresAreWrittenAsImagesAndAVideo() throws IOException {
        List<Path> files = ExportFormat.FEAT_VIS.write(SampleExport.to(folder));
        Path layer = folder.resolve("feat_vis/feat_layer_" + SampleExport.FEATURE_LAYER);
        assertThat(files)
                .containsExactly(
                        layer.resolve("000000.jpg"),
                        layer.resolve("000001.jpg"),
                        layer.resolveSibling(layer.getFileName() + ".mp4"));
        assertThat(Images.size(files.get(0)).width()).isEqualTo(2 * SampleExport.WIDTH);
        try (VideoReader video = VideoReader.open(files.get(2), ALL_FRAMES)) {
            assertThat(video.framesPerSecond()).isCloseTo(15, within(1e-9));
            assertThat(count(video)).isEqualTo(SampleExport.VIEWS);
        }
    }

    private static int count(VideoReader video) {
        int frames = 0;
        while (video.hasNext()) {
            video.next();
            frames++;
        }
        return frames;
    }
}

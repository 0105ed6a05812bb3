package da3.geometry.splat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.Image;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.metrics.Psnr;
import da3.synthetic.CameraRig;
import da3.synthetic.SampleScenes;
import da3.synthetic.SyntheticRenderer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PixelSplatsTest {

    private static final int WIDTH = 252;
    private static final int HEIGHT = 189;
    private static final SplatOptions OPTIONS = SplatOptions.defaults().withThreads(2);

    private final List<Camera> cameras = SampleScenes.indoorArc() // facing away from the window, which shows the sky
            .withAngles(-0.32, 0.1)
            .withCount(5)
            .cameras(CameraRig.lens(WIDTH, HEIGHT, Math.toRadians(60)));
    private final Scene all = SyntheticRenderer.render(SampleScenes.indoor(3), cameras, WIDTH, HEIGHT);
    private final Scene given = new Scene(List.of(all.view(0), all.view(2), all.view(4)), Optional.empty(), true);

    @Test
    void renderingReproducesTheImages() {
        for (View view : given.views()) {
            GaussianCloud cloud = PixelSplats.of(new Scene(List.of(view), Optional.empty(), true));
            SplatImage again = SplatRasterizer.render(cloud, view.camera().orElseThrow(), WIDTH, HEIGHT, OPTIONS);
            assertThat(Psnr.of(again.toImage(), view.image())).isGreaterThan(30);
        }
    }

    @Test
    void mergedViewsReproduceGivenAndNewViews() {
        GaussianCloud cloud = PixelSplats.merged(given);
        assertThat(cloud.size()).isLessThan(2 * WIDTH * HEIGHT);
        SplatRasterizer rasterizer = new SplatRasterizer(cloud, OPTIONS);
        for (int v = 0; v < 5; v++) {
            View view = all.view(v);
            SplatImage again = rasterizer.render(view.camera().orElseThrow(), WIDTH, HEIGHT);
            assertThat(Psnr.of(again.toImage(), view.image())).as("view %d", v).isGreaterThan(v % 2 == 0 ? 30 : 29);
        }
    }

    @Test
    void renderingReproducesTheDepth() {
        View view = given.view(1);
        Scene alone = new Scene(List.of(view), Optional.empty(), true);
        SplatImage again =
                SplatRasterizer.render(PixelSplats.of(alone), view.camera().orElseThrow(), WIDTH, HEIGHT, OPTIONS);
        double sum = 0;
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            float depth = view.depth().values()[i];
            sum += depth > 0 ? Math.abs(again.depth().values()[i] / depth - 1) : 0;
        }
        assertThat(sum / (WIDTH * HEIGHT)).isLessThan(0.01);
    }

    @Test
    void pixelsWithoutDepthHaveNoGaussian() {
        View view = given.view(0);
        view.depth().values()[5] = 0;
        long seen = 0;
        for (float depth : view.depth().values()) {
            seen += depth > 0 ? 1 : 0;
        }
        GaussianCloud cloud = PixelSplats.of(new Scene(List.of(view), Optional.empty(), true));
        assertThat(cloud.size()).isEqualTo((int) seen).isLessThan(WIDTH * HEIGHT);
    }

    @Test
    void rejectsIncompleteViews() {
        View view = given.view(0);
        View lost = new View(view.image(), view.depth(), Optional.empty(), Optional.empty());
        View small = new View(new Image(1, 1, new byte[3]), view.depth(), Optional.empty(), view.camera());
        assertThatThrownBy(() -> PixelSplats.of(new Scene(List.of(lost), Optional.empty(), true)))
                .hasMessage("camera of view 0 must be present, got none");
        assertThatThrownBy(() -> PixelSplats.of(new Scene(List.of(small), Optional.empty(), true)))
                .hasMessage("depth of view 0 must be as large as its image, 1x1, got 252x189");
        assertThatThrownBy(() -> PixelSplats.of(new Scene(List.of(), Optional.empty(), true)))
                .hasMessage("number of Gaussians must be at least 1, got 0");
    }
}

package da3.geometry.splat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.Intrinsics;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathRendererTest {

    private final GaussianCloud cloud = RandomClouds.of(40, 0, 1, 2);
    private final Camera camera = RandomClouds.camera(20, 10);

    @Test
    void framesAreInTheOrderOfTheCameras() {
        Camera other = new Camera(camera.pose(), camera.intrinsics().scaled(2, 2));
        PathRenderer path = new PathRenderer(cloud, List.of(camera, other), 20, 10, SplatOptions.defaults());
        assertThat(path.size()).isEqualTo(2);
        int i = 0;
        for (SplatImage frame : path) {
            assertThat(frame.rgb()).isEqualTo(path.frame(i++).rgb());
        }
        assertThat(path.frame(0).rgb()).isNotEqualTo(path.frame(1).rgb());
    }

    @Test
    void aFrameIsRenderedOnlyOnRequest() {
        Camera broken = new Camera(camera.pose(), new Intrinsics(-1, 1, 1, 1));
        Iterator<SplatImage> frames =
                new PathRenderer(cloud, List.of(camera, broken), 20, 10, SplatOptions.defaults()).iterator();
        assertThat(frames.next().width()).isEqualTo(20);
        assertThatThrownBy(frames::next).hasMessageContaining("must be positive, got -1.0");
    }

    @Test
    void rejectsAPathWithoutCameras() {
        assertThatThrownBy(() -> new PathRenderer(cloud, List.of(), 20, 10, SplatOptions.defaults()))
                .hasMessage("number of cameras of a path must be at least 1, got 0");
    }
}

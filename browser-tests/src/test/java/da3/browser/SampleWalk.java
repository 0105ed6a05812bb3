package da3.browser;

import da3.geometry.Camera;
import da3.geometry.math.Vec3;
import da3.synthetic.Arc;
import da3.synthetic.CameraRig;
import da3.synthetic.RayCaster;
import da3.synthetic.RenderOptions;
import da3.synthetic.SampleScenes;
import da3.video.VideoOptions;
import da3.video.VideoWriter;
import java.io.IOException;
import java.nio.file.Path;

/** A video of a camera that circles through a synthetic room. */
final class SampleWalk {

    static final int FRAMES_PER_SECOND = 10;

    private static final int WIDTH = 112;
    private static final int HEIGHT = 84;

    private SampleWalk() {}

    /** Writes a video of so many frames. */
    static Path video(Path file, int frames) throws IOException {
        RayCaster caster = new RayCaster(SampleScenes.indoor(1));
        RenderOptions options = RenderOptions.defaults().withSamples(1);
        VideoOptions rate = VideoOptions.defaults().withFramesPerSecond(FRAMES_PER_SECOND);
        try (VideoWriter writer = VideoWriter.create(file, WIDTH, HEIGHT, rate)) {
            Arc route = Arc.orbit(new Vec3(0, 1, 0), 1.9, 0.4, frames);
            for (Camera camera : route.cameras(CameraRig.lens(WIDTH, HEIGHT, Math.toRadians(80)))) {
                writer.write(
                        caster.render(camera, WIDTH, HEIGHT, options).view().image());
            }
            return writer.commit();
        }
    }
}

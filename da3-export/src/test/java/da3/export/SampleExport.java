package da3.export;

import da3.core.Request;
import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.math.Vec3;
import da3.synthetic.CameraRig;
import da3.synthetic.SampleScenes;
import da3.synthetic.SyntheticRenderer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A metric scene of two views of a synthetic room, with exact depth, confidence, cameras, Gaussians and features. */
final class SampleExport {

    static final int VIEWS = 2;
    static final int WIDTH = 42;
    static final int HEIGHT = 28;

    /** Side of the original images relative to the views. */
    static final int IMAGE_SCALE = 2;

    static final int FEATURE_LAYER = 5;

    private static final int PATCH = 14;
    private static final int CHANNELS = 8;

    static final Scene SCENE = scene();

    private SampleExport() {}

    /** Returns an export of {@link #SCENE} to a directory, with the default options. */
    static Export to(Path directory) {
        return to(directory, SCENE);
    }

    /** Returns an export of a scene with the size of {@link #SCENE}. */
    static Export to(Path directory, Scene scene) {
        Image image = new Image(
                IMAGE_SCALE * WIDTH, IMAGE_SCALE * HEIGHT, new byte[3 * IMAGE_SCALE * IMAGE_SCALE * WIDTH * HEIGHT]);
        return new Export(
                scene,
                Map.of(FEATURE_LAYER, features()),
                directory,
                ExportOptions.defaults(),
                List.of("left.jpg", "right.jpg"),
                Request.of(Collections.nCopies(VIEWS, image)),
                WIDTH);
    }

    private static Scene scene() {
        List<Camera> cameras =
                SampleScenes.indoorArc().withCount(VIEWS).cameras(CameraRig.lens(WIDTH, HEIGHT, Math.toRadians(60)));
        Scene rendered = SyntheticRenderer.render(SampleScenes.indoor(1), cameras, WIDTH, HEIGHT);
        List<View> views =
                rendered.views().stream().map(SampleExport::withConfidence).toList();
        return new Scene(views, Optional.of(gaussians(views)), true);
    }

    private static View withConfidence(View view) {
        float[] confidence = new float[WIDTH * HEIGHT];
        Arrays.fill(confidence, 2.5f);
        return new View(
                view.image(), view.depth(), Optional.of(new ScalarMap(WIDTH, HEIGHT, confidence)), view.camera());
    }

    /** Returns one small gray sphere for each pixel, at its surface point. */
    private static GaussianCloud gaussians(List<View> views) {
        int pixels = WIDTH * HEIGHT;
        float[] means = new float[3 * VIEWS * pixels];
        float[] scales = new float[means.length];
        Arrays.fill(scales, 0.02f);
        float[] rotations = new float[4 * VIEWS * pixels];
        float[] opacities = new float[VIEWS * pixels];
        Arrays.fill(opacities, 0.9f);
        for (int i = 0; i < opacities.length; i++) {
            View view = views.get(i / pixels);
            Camera camera = view.camera().orElseThrow();
            Intrinsics k = camera.intrinsics();
            double z = view.depth().values()[i % pixels];
            double x = (i % WIDTH + 0.5 - k.cx()) / k.fx() * z;
            double y = (i % pixels / WIDTH + 0.5 - k.cy()) / k.fy() * z;
            Vec3 point = camera.pose().inverse().transform(new Vec3(x, y, z));
            means[3 * i] = (float) point.x();
            means[3 * i + 1] = (float) point.y();
            means[3 * i + 2] = (float) point.z();
            rotations[4 * i] = 1; // w, x, y, z
        }
        return new GaussianCloud(means, scales, rotations, new float[means.length], opacities, 0);
    }

    /** Returns seeded noise of (views, rows, columns, channels). */
    private static float[] features() {
        Random random = new Random(3);
        float[] features = new float[VIEWS * (HEIGHT / PATCH) * (WIDTH / PATCH) * CHANNELS];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) random.nextGaussian();
        }
        return features;
    }
}

package da3.cli;

import da3.core.Prediction;
import da3.core.ViewPrior;
import da3.geometry.Intrinsics;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.image.PixelMask;
import da3.geometry.image.PixelTransform;
import da3.geometry.lens.Pinhole;
import da3.geometry.rig.Rectification;
import da3.geometry.rig.Rig;
import da3.geometry.rig.RigCamera;
import da3.io.ImageSize;
import da3.io.Images;
import da3.io.rig.RigImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The images of a rig at one instant, undistorted to pinhole cameras.
 *
 * @param images one image for each camera
 * @param priors poses in the frame of the rig in meters, and intrinsics, one prior per image
 * @param masks pixels of the images that show the vehicle itself
 */
record RigInput(List<InputImage> images, List<ViewPrior> priors, List<Optional<PixelMask>> masks) {

    /**
     * Prepares the images of an instant.
     *
     * @throws IOException if an image cannot be read
     * @throws IllegalArgumentException if an image or a mask does not fit its camera
     */
    static RigInput of(Rig rig, RigImages instant) throws IOException {
        List<InputImage> images = new ArrayList<>();
        List<ViewPrior> priors = new ArrayList<>();
        List<Optional<PixelMask>> masks = new ArrayList<>();
        for (int c = 0; c < rig.size(); c++) {
            RigCamera camera = rig.cameras().get(c);
            Path file = instant.files().get(c);
            ImageSize size = Images.size(file);
            Rectification rectification = camera.rectification(size.width(), size.height());
            images.add(new InputImage(
                    camera.name(),
                    () -> rectification.apply(Images.read(file)),
                    camera.lens() instanceof Pinhole ? Optional.of(file) : Optional.empty()));
            priors.add(new ViewPrior(
                    Optional.of(camera.sensorFromRig()), Optional.of(rectification.intrinsics()), List.of()));
            masks.add(rectification.mask());
        }
        return new RigInput(images, priors, masks);
    }

    /** Returns a prediction whose depth and confidence are 0 at masked pixels. */
    Prediction masked(Prediction prediction) {
        Scene scene = prediction.scene();
        List<View> views = new ArrayList<>();
        for (int i = 0; i < scene.views().size(); i++) {
            View view = scene.view(i);
            Intrinsics ofImage = priors.get(i).intrinsics().orElseThrow();
            views.add(masks.get(i).map(mask -> masked(view, mask, ofImage)).orElse(view));
        }
        return new Prediction(
                new Scene(views, scene.gaussians(), scene.metric()),
                prediction.rays(),
                prediction.sky(),
                prediction.objects(),
                prediction.features(),
                prediction.referenceView(),
                prediction.scales(),
                prediction.scaled(),
                prediction.warnings(),
                prediction.provenance());
    }

    private static View masked(View view, PixelMask mask, Intrinsics ofImage) {
        Intrinsics ofMap = view.camera().orElseThrow().intrinsics();
        PixelTransform toMap = PixelTransform.between(ofImage, ofMap);
        PixelMask resized = mask.resized(view.depth().width(), view.depth().height(), toMap);
        return new View(
                view.image(),
                zeroed(view.depth(), resized),
                view.confidence().map(map -> zeroed(map, resized)),
                view.camera(),
                view.sky());
    }

    private static ScalarMap zeroed(ScalarMap map, PixelMask mask) {
        float[] values = map.values().clone();
        mask.ignored().stream().forEach(i -> values[i] = 0);
        return new ScalarMap(map.width(), map.height(), values);
    }
}

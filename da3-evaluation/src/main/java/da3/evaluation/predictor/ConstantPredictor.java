package da3.evaluation.predictor;

import da3.evaluation.PredictedScene;
import da3.evaluation.Predictor;
import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A baseline that ignores the images: constant depth, cameras without motion, and a constant field of view. */
public final class ConstantPredictor implements Predictor {

    private static final double FIELD_OF_VIEW = 65; // degrees along the longer side, typical for ordinary lenses

    @Override
    public String name() {
        return "constant";
    }

    @Override
    public String description() {
        return "depth 1, no motion, a field of view of " + FIELD_OF_VIEW + " degrees";
    }

    @Override
    public boolean takesCameras() {
        return true;
    }

    @Override
    public PredictedScene predict(List<Image> images, Optional<List<Camera>> cameras) {
        List<View> views = images.stream().map(ConstantPredictor::view).toList();
        PredictedScene predicted = new PredictedScene(views, Optional.empty());
        return new PredictedScene(views, predicted.cameras());
    }

    private static View view(Image image) {
        float[] ones = new float[image.width() * image.height()];
        Arrays.fill(ones, 1);
        double focal =
                Math.max(image.width(), image.height()) / (2 * StrictMath.tan(Math.toRadians(FIELD_OF_VIEW) / 2));
        Intrinsics intrinsics = new Intrinsics(focal, focal, image.width() / 2.0, image.height() / 2.0);
        return new View(
                image,
                new ScalarMap(image.width(), image.height(), ones),
                Optional.empty(),
                Optional.of(new Camera(Pose.IDENTITY, intrinsics)));
    }
}

package da3.evaluation.suite.dataset;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import java.util.Optional;

/** Views of a data set. */
final class Views {

    private Views() {}

    /** Returns a view whose depth is known where it is above 0. */
    static View of(Image image, ScalarMap depth, Camera camera) {
        return new View(image, depth, Optional.empty(), Optional.of(camera));
    }

    /** Returns a view whose depth is known nowhere. */
    static View withoutDepth(Image image, Camera camera) {
        float[] unknown = new float[image.width() * image.height()];
        return of(image, new ScalarMap(image.width(), image.height(), unknown), camera);
    }
}

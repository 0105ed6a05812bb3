import da3.core.DepthAnything3;
import da3.core.Prediction;
import da3.core.Request;
import da3.geometry.Image;
import da3.geometry.View;
import da3.io.Images;
import da3.nn.nd4j.scene.Nd4jScenes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares the patches of two photos by their features: predictions as arrays of ND4J. */
public final class FeaturesToArrays {

    private static final int BLOCK = 11;
    private static final int PATCH = 14;

    /** @param arguments two photos of equal size and, optionally, the model */
    public static void main(String[] arguments) throws IOException {
        String name = arguments.length > 2 ? arguments[2] : "depth-anything/DA3-BASE";
        List<Image> photos = List.of(Images.read(Path.of(arguments[0])), Images.read(Path.of(arguments[1])));
        try (DepthAnything3 model = DepthAnything3.load(name)) {
            Prediction prediction =
                    model.predict(Request.of(photos).withOptions(o -> o.featureLayers(List.of(BLOCK))));
            View view = prediction.scene().view(0);
            int rows = view.depth().height() / PATCH;
            int columns = view.depth().width() / PATCH;
            INDArray features = Nd4jScenes.features(prediction.features().get(BLOCK), 2, rows, columns);
            INDArray tokens = features.reshape(2, (long) rows * columns, features.size(3)); // (views, patches, channels)
            INDArray unit = tokens.div(tokens.norm2(true, 2));
            INDArray similarity = unit.slice(0).mmul(unit.slice(1).transpose()); // (patches, patches)
            System.out.println("mean similarity of the best matches: " + similarity.max(1).meanNumber());
            INDArray depth = Nd4jScenes.depth(prediction.scene()); // (views, height, width)
            System.out.println("mean depth: " + depth.mean(1, 2));
        }
    }
}

package da3.evaluation;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A predictor that returns the truth of every view of a suite, optionally with a known error. */
public final class Oracle implements Predictor {

    private final Map<ByteBuffer, View> truth = new HashMap<>(); // by the bytes of the image
    private final UnaryOperator<ScalarMap> depth;
    private final UnaryOperator<Camera> laterCamera;

    private Oracle(Suite suite, UnaryOperator<ScalarMap> depth, UnaryOperator<Camera> laterCamera) throws IOException {
        for (String scene : suite.scenes()) {
            suite.load(scene)
                    .views()
                    .forEach(view -> truth.put(ByteBuffer.wrap(view.image().rgb()), view));
        }
        this.depth = depth;
        this.laterCamera = laterCamera;
    }

    /** Returns the truth unchanged. */
    public static Oracle of(Suite suite) throws IOException {
        return new Oracle(suite, depth -> depth, camera -> camera);
    }

    /** Changes every depth. */
    public static Oracle withDepth(Suite suite, UnaryOperator<ScalarMap> change) throws IOException {
        return new Oracle(suite, change, camera -> camera);
    }

    /** Changes the camera of every view but the first. */
    public static Oracle withLaterCameras(Suite suite, UnaryOperator<Camera> change) throws IOException {
        return new Oracle(suite, depth -> depth, change);
    }

    @Override
    public String name() {
        return "oracle";
    }

    @Override
    public String description() {
        return "the truth";
    }

    @Override
    public boolean takesCameras() {
        return true;
    }

    @Override
    public PredictedScene predict(List<Image> images, Optional<List<Camera>> cameras) {
        List<View> views =
                images.stream().map(image -> view(image, images.get(0))).toList();
        return new PredictedScene(views, new PredictedScene(views, Optional.empty()).cameras());
    }

    private View view(Image image, Image first) {
        View view = truth.get(ByteBuffer.wrap(image.rgb()));
        Camera camera = view.camera().orElseThrow();
        return new View(
                image,
                depth.apply(view.depth()),
                Optional.empty(),
                Optional.of(image == first ? camera : laterCamera.apply(camera)));
    }
}

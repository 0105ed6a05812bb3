import da3.core.DepthAnything3;
import da3.core.Prediction;
import da3.core.Request;
import da3.geometry.Image;
import da3.io.Glb;
import da3.io.GlbOptions;
import da3.io.Images;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Predicts depth and cameras of a folder of photos, and writes points and cameras as scene.glb. */
public final class PhotosToGlb {

    /** @param arguments folder of photos, folder for the result and, optionally, the model */
    public static void main(String[] arguments) throws IOException {
        List<Image> photos = Images.readAll(Path.of(arguments[0]));
        Path output = Path.of(arguments[1]);
        String name = arguments.length > 2 ? arguments[2] : "depth-anything/DA3-BASE";
        try (DepthAnything3 model = DepthAnything3.load(name)) {
            Prediction prediction = model.predict(Request.of(photos), (stage, done, total) -> {
                if (done == total) {
                    System.out.println(stage + ": done");
                }
            });
            prediction.warnings().forEach(System.out::println);
            System.out.println(Glb.write(prediction.scene(), output, GlbOptions.defaults()));
        }
    }
}

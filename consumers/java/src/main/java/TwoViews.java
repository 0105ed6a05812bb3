import da3.core.DepthAnything3;
import da3.core.Request;
import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.View;
import java.util.List;

/** Predicts depth and cameras of two views of one scene; the images are generated. */
public final class TwoViews {

    public static void main(String[] arguments) {
        List<Image> images = List.of(stripes(0), stripes(5));
        try (var model = DepthAnything3.load("seeded:da3-small")) {
            var prediction = model.predict(Request.of(images).withOptions(o -> o.resolution(56)));
            for (View view : prediction.scene().views()) {
                Camera camera = view.camera().orElseThrow();
                System.out.println(view.depth() + " seen from " + camera.pose().cameraCenter());
            }
        }
    }

    /** Returns an image of vertical stripes, shifted to the right by {@code shift} pixels. */
    private static Image stripes(int shift) {
        int width = 112;
        int height = 84;
        byte[] rgb = new byte[height * width * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (16 * (i / 3 % width - shift));
        }
        return new Image(width, height, rgb);
    }
}

package da3.demo;

import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.io.ColourMap;
import da3.io.DepthPicture;
import da3.io.PngPicture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is shown of a place, as PNG files, one a view.
 *
 * @param trueRange the inverse depths that the colours of the true depths stand for, one range for all views
 */
record Pictures(
        List<byte[]> photos, List<byte[]> trueDepths, List<byte[]> predictedDepths, DepthPicture.Range trueRange) {

    static Pictures of(DemoResult result) throws IOException {
        DepthPicture.Range range = range(result.truth());
        List<byte[]> photos = new ArrayList<>();
        for (View view : result.truth().views()) {
            photos.add(png(view.image()));
        }
        return new Pictures(
                photos, depths(result.truth(), range), depths(result.prediction(), range(result.prediction())), range);
    }

    /** Over all views together, so that a colour means the same depth in each. */
    private static DepthPicture.Range range(Scene scene) {
        int width = scene.view(0).depth().width();
        int height = scene.views().size() * scene.view(0).depth().height();
        float[] all = new float[width * height];
        int at = 0;
        for (View view : scene.views()) {
            float[] values = view.depth().values();
            System.arraycopy(values, 0, all, at, values.length);
            at += values.length;
        }
        return DepthPicture.Range.of(new ScalarMap(width, height, all));
    }

    private static List<byte[]> depths(Scene scene, DepthPicture.Range range) throws IOException {
        List<byte[]> pictures = new ArrayList<>();
        for (View view : scene.views()) {
            pictures.add(png(DepthPicture.of(view.depth(), ColourMap.SPECTRAL, range)));
        }
        return pictures;
    }

    static String photoName(int view) {
        return String.format(Locale.ROOT, "%04d-photo.png", view);
    }

    static byte[] png(Image image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PngPicture.write(image, bytes);
        return bytes.toByteArray();
    }
}

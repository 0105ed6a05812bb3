package da3.demo;

import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.io.ColorMap;
import da3.io.DepthColorizer;
import da3.io.PngWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * PNG pictures of a scene, one of each kind for each view.
 *
 * @param range inverse depths at the ends of the color scale, taken from the true depth and shared by all pictures
 */
record Pictures(
        List<byte[]> photos, List<byte[]> trueDepths, List<byte[]> predictedDepths, DepthColorizer.Range range) {

    static Pictures of(Scene truth, Comparison comparison) throws IOException {
        DepthColorizer.Range range = range(truth);
        List<byte[]> photos = new ArrayList<>();
        for (View view : truth.views()) {
            photos.add(png(view.image()));
        }
        return new Pictures(photos, depths(truth.views(), range), depths(comparison.views(), range), range);
    }

    /** Returns one range for all views, so that a color means the same depth everywhere. */
    private static DepthColorizer.Range range(Scene scene) {
        int width = scene.view(0).depth().width();
        int height = scene.views().size() * scene.view(0).depth().height();
        float[] all = new float[width * height];
        int offset = 0;
        for (View view : scene.views()) {
            float[] values = view.depth().values();
            System.arraycopy(values, 0, all, offset, values.length);
            offset += values.length;
        }
        return DepthColorizer.Range.of(new ScalarMap(width, height, all));
    }

    private static List<byte[]> depths(List<View> views, DepthColorizer.Range range) throws IOException {
        List<byte[]> pictures = new ArrayList<>();
        for (View view : views) {
            pictures.add(png(DepthColorizer.of(view.depth(), ColorMap.SPECTRAL, range)));
        }
        return pictures;
    }

    static String photoName(int view) {
        return String.format(Locale.ROOT, "%04d-photo.png", view);
    }

    static byte[] png(Image image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PngWriter.write(image, bytes);
        return bytes.toByteArray();
    }
}

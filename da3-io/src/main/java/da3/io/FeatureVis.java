package da3.io;

import da3.geometry.Image;
import da3.geometry.math.Percentiles;
import da3.geometry.math.PrincipalComponents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Features of a layer as colors: their three principal components over all views are red, green and blue. After the
 * reference's {@code utils/export/feat_vis.py}, whose random directions and signs differ from run to run; here they follow
 * from the seed.
 */
public final class FeatureVis {

    /** Pixels a patch. */
    private static final int PATCH = 14;

    /** Share of the values at either end that are as dark or as bright as can be. */
    private static final double CLIPPED = 0.1;

    private static final double LEAST_RANGE = 1e-4;

    private FeatureVis() {}

    /** The folder of a layer's pictures. */
    public static String folder(int layer) {
        return "feat_vis/feat_layer_" + layer;
    }

    /**
     * A picture a view: the processed image and, right of it, its features, a square a patch.
     *
     * @param images processed, all of one size that is a multiple of 14 each way
     * @param features (views, rows, columns, channels), rows and columns an image's over 14
     * @throws IllegalArgumentException if images differ in size, or the features do not fit them
     */
    public static List<Image> pictures(List<Image> images, float[] features, long seed) {
        if (images.isEmpty()) {
            throw new IllegalArgumentException("features of no images; legal: at least one");
        }
        Image first = images.get(0);
        for (Image image : images) {
            if (image.width() != first.width() || image.height() != first.height()) {
                throw new IllegalArgumentException(image + " among images of " + first + "; legal: one size");
            }
        }
        if (first.width() % PATCH != 0 || first.height() % PATCH != 0) {
            throw new IllegalArgumentException(first + " is not of whole patches; legal: sides that 14 divides");
        }
        int columns = first.width() / PATCH;
        int patches = columns * (first.height() / PATCH);
        int rows = patches * images.size();
        if (rows == 0 || features.length % rows != 0 || features.length < 3 * rows) {
            throw new IllegalArgumentException(
                    features.length + " features for " + rows + " patches; legal: a multiple, from 3 each");
        }
        float[][] components = PrincipalComponents.of(features, features.length / rows, 3, seed)
                .project(features);
        byte[] colors = new byte[3 * rows];
        for (int c = 0; c < 3; c++) {
            double low = Percentiles.quantile(components[c], CLIPPED);
            double high = Percentiles.quantile(components[c], 1 - CLIPPED);
            double range = Math.max(high - low, LEAST_RANGE);
            for (int i = 0; i < rows; i++) {
                double share = (Math.max(low, Math.min(high, components[c][i])) - low) / range;
                colors[3 * i + c] = (byte) (int) (255 * share);
            }
        }
        List<Image> pictures = new ArrayList<>();
        for (Image image : images) {
            pictures.add(image.appendRight(squares(image, colors, pictures.size() * patches, columns)));
        }
        return pictures;
    }

    private static Image squares(Image like, byte[] colors, int firstPatch, int columns) {
        byte[] rgb = new byte[like.rgb().length];
        for (int y = 0; y < like.height(); y++) {
            for (int x = 0; x < like.width(); x++) {
                int patch = firstPatch + y / PATCH * columns + x / PATCH;
                System.arraycopy(colors, 3 * patch, rgb, 3 * (y * like.width() + x), 3);
            }
        }
        return new Image(like.width(), like.height(), rgb);
    }

    /** Writes {@code feat_vis/feat_layer_k/000000.jpg} and so on, and gives their paths. */
    public static List<Path> write(List<Image> pictures, int layer, Path exportDirectory) throws IOException {
        ExportDirectory directory = ExportDirectory.open(exportDirectory);
        List<Path> files = new ArrayList<>();
        for (Image picture : pictures) {
            String name = String.format(Locale.ROOT, "%s/%06d.jpg", folder(layer), files.size());
            files.add(directory.write(name, out -> JpegWriter.write(picture, out)));
        }
        return files;
    }
}

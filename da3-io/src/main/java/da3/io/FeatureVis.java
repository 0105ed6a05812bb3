package da3.io;

import da3.geometry.Image;
import da3.geometry.check.Check;
import da3.geometry.math.Percentiles;
import da3.geometry.math.PrincipalComponents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Colors the features of a layer: their first three principal components over all views become red, green and blue.
 * Source: the reference's {@code utils/export/feat_vis.py}. Its random directions and signs differ from run to run;
 * here they follow from the seed.
 */
public final class FeatureVis {

    /** Side of a patch in pixels. */
    private static final int PATCH = 14;

    /** Fraction of the values that is clipped at either end. */
    private static final double CLIPPED_FRACTION = 0.1;

    private static final double MIN_RANGE = 1e-4;

    private FeatureVis() {}

    /** Returns the folder of a layer's images within an export directory. */
    public static String folder(int layer) {
        return "feat_vis/feat_layer_" + layer;
    }

    /**
     * Returns for each view its processed image with the colored features to the right, one square per patch.
     *
     * @param images processed images of one size; sides are multiples of 14
     * @param features (views, rows, columns, channels), with one row and column per patch and at least 3 channels
     * @param seed of the random start of the principal components
     * @throws IllegalArgumentException if the images differ in size or the features do not match them
     */
    public static List<Image> pictures(List<Image> images, float[] features, long seed) {
        if (images.isEmpty()) {
            throw Check.invalid("number of images", "positive", 0);
        }
        Image first = images.get(0);
        for (Image image : images) {
            if (image.width() != first.width() || image.height() != first.height()) {
                throw Check.invalid("size of every image", size(first), size(image));
            }
        }
        if (first.width() % PATCH != 0 || first.height() % PATCH != 0) {
            throw Check.invalid("sides of the images", "multiples of " + PATCH, size(first));
        }
        int columns = first.width() / PATCH;
        int patches = columns * (first.height() / PATCH);
        int rows = patches * images.size();
        if (rows == 0 || features.length % rows != 0 || features.length < 3 * rows) {
            throw Check.invalid(
                    "number of feature values",
                    "a multiple of the " + rows + " patches and at least 3 for each",
                    features.length);
        }
        float[][] components = PrincipalComponents.of(features, features.length / rows, 3, seed)
                .project(features);
        byte[] colors = new byte[3 * rows];
        for (int c = 0; c < 3; c++) {
            double low = Percentiles.quantile(components[c], CLIPPED_FRACTION);
            double high = Percentiles.quantile(components[c], 1 - CLIPPED_FRACTION);
            double range = Math.max(high - low, MIN_RANGE);
            for (int i = 0; i < rows; i++) {
                double channel = (Math.max(low, Math.min(high, components[c][i])) - low) / range;
                colors[3 * i + c] = (byte) (int) (255 * channel);
            }
        }
        List<Image> pictures = new ArrayList<>();
        for (Image image : images) {
            pictures.add(image.appendRight(squares(image, colors, pictures.size() * patches, columns)));
        }
        return pictures;
    }

    private static String size(Image image) {
        return image.width() + "x" + image.height();
    }

    private static Image squares(Image image, byte[] colors, int firstPatch, int columns) {
        byte[] rgb = new byte[image.rgb().length];
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                int patch = firstPatch + y / PATCH * columns + x / PATCH;
                System.arraycopy(colors, 3 * patch, rgb, 3 * (y * image.width() + x), 3);
            }
        }
        return new Image(image.width(), image.height(), rgb);
    }

    /** Writes {@code feat_vis/feat_layer_LAYER/000000.jpg}, {@code 000001.jpg}, ... and returns their paths. */
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

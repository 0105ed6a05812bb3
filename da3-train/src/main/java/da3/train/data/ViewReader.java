package da3.train.data;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.check.Check;
import da3.geometry.image.ImageResize;
import da3.io.GrayImages;
import da3.io.Images;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads views from files into a scene. Larger images are reduced by averaging; depth and masks take the nearest pixel,
 * because averages across an edge are on no surface.
 */
final class ViewReader {

    /** Maximum relative difference of the aspect ratios of files that belong together, due to rounding of sizes. */
    private static final double MAX_DIFFERENCE = 0.01;

    private static final int MAX_BYTES = Integer.MAX_VALUE - 8; // the longest array

    private final ViewOptions options;

    ViewReader(ViewOptions options) {
        this.options = options;
    }

    /**
     * Reads views.
     *
     * @throws IOException if a file cannot be read, files of a view have different aspect ratios, or views have different
     *     sizes; the message names the file
     */
    TrainingScene read(List<SourceView> views) throws IOException {
        Image first = image(views.get(0));
        int width = first.width();
        int height = first.height();
        long bytes = 3L * width * height * views.size();
        if (bytes > MAX_BYTES) {
            throw new IOException(Check.message(
                    "views of the scene of " + views.get(0).image(),
                    "at most " + MAX_BYTES + " bytes together, which a maximum side or fewer views per scene ensure",
                    bytes));
        }
        int pixels = width * height;
        byte[] rgb = new byte[(int) bytes];
        float[] depth = new float[pixels * views.size()];
        float[] extrinsics = new float[12 * views.size()];
        float[] intrinsics = new float[9 * views.size()];
        for (int v = 0; v < views.size(); v++) {
            SourceView view = views.get(v);
            Image image = v == 0 ? first : image(view);
            if (image.width() != width || image.height() != height) {
                throw new IOException("the size of " + view.image() + " must be that of "
                        + views.get(0).image() + " in the same scene, " + width + "x" + height + ", got "
                        + image.width() + "x" + image.height());
            }
            System.arraycopy(image.rgb(), 0, rgb, 3 * pixels * v, 3 * pixels);
            if (view.depth().isPresent()) {
                putDepth(view, view.depth().get(), width, height, depth, pixels * v);
            }
            TrainingScene.putCamera(camera(view, width, height), v, extrinsics, intrinsics);
        }
        return new TrainingScene(views.size(), height, width, rgb, depth, extrinsics, intrinsics);
    }

    private Image image(SourceView view) throws IOException {
        Image image = view.upright() ? Images.read(view.image()) : Images.readStored(view.image());
        int longer = Math.max(image.width(), image.height());
        if (options.maxSide() == 0 || longer <= options.maxSide()) {
            return image;
        }
        double factor = (double) options.maxSide() / longer;
        return ImageResize.area(image, Math.max(1, (int) Math.round(factor * image.width())), Math.max(1, (int)
                Math.round(factor * image.height())));
    }

    private void putDepth(SourceView view, Path file, int width, int height, float[] into, int offset)
            throws IOException {
        ScalarMap stored = DepthFiles.read(file);
        requireAspect(file, stored.width(), stored.height(), view.image(), width, height);
        ScalarMap mask = view.mask().isPresent() ? GrayImages.read(view.mask().get()) : null;
        if (mask != null) {
            requireAspect(view.mask().get(), mask.width(), mask.height(), view.image(), width, height);
        }
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean masked = mask != null && nearest(mask, x, y, width, height) == 0;
                into[offset + y * width + x] =
                        masked ? 0 : options.limits().apply(nearest(stored, x, y, width, height));
            }
        }
    }

    /** Returns the value of a map at the center of a pixel of an image of another size. */
    private static float nearest(ScalarMap map, int x, int y, int width, int height) {
        int column = (int) ((2L * x + 1) * map.width() / (2L * width));
        int row = (int) ((2L * y + 1) * map.height() / (2L * height));
        return map.at(column, row);
    }

    private Camera camera(SourceView view, int width, int height) throws IOException {
        if (view.calibration().isEmpty()) {
            return AssumedCamera.of(width, height, options.fieldOfView());
        }
        SourceView.Calibration known = view.calibration().get();
        requireAspect(view.image(), width, height, known.source(), known.width(), known.height());
        Camera camera = known.camera();
        return new Camera(
                camera.pose(),
                camera.intrinsics().scaled((double) width / known.width(), (double) height / known.height()));
    }

    private static void requireAspect(Path file, int width, int height, Path other, int otherWidth, int otherHeight)
            throws IOException {
        double ratio = (double) width * otherHeight / ((double) height * otherWidth);
        if (Math.abs(ratio - 1) > MAX_DIFFERENCE) {
            throw new IOException(Check.message(
                    "aspect ratio of " + file,
                    "that of " + other + ", " + otherWidth + "x" + otherHeight,
                    width + "x" + height));
        }
    }
}

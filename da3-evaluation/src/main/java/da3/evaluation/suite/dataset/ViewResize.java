package da3.evaluation.suite.dataset;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import da3.geometry.image.ImageResize;
import java.util.Optional;

/** Resizes views: colors are averaged, true depth is taken from the nearest pixel, and intrinsics follow. */
final class ViewResize {

    private ViewResize() {}

    /** Returns the larger of width and height. */
    static int longestSide(View view) {
        return Math.max(view.image().width(), view.image().height());
    }

    /** Returns the view shrunk until no side is longer than {@code longestSide}; a smaller view is returned as it is. */
    static View atMost(View view, int longestSide) {
        int width = view.image().width();
        int height = view.image().height();
        double scale = (double) longestSide / longestSide(view);
        return scale >= 1
                ? view
                : to(view, Math.max(1, (int) Math.round(width * scale)), Math.max(1, (int) Math.round(height * scale)));
    }

    /** Returns the view at another size; each side is scaled by itself. */
    static View to(View view, int width, int height) {
        Image image = view.image();
        if (image.width() == width && image.height() == height) {
            return view;
        }
        boolean shrinks = width <= image.width() && height <= image.height();
        Image resized = shrinks ? ImageResize.area(image, width, height) : ImageResize.cubic(image, width, height);
        Optional<Camera> camera = view.camera()
                .map(c -> new Camera(
                        c.pose(),
                        c.intrinsics().scaled((double) width / image.width(), (double) height / image.height())));
        return new View(resized, nearest(view.depth(), width, height), Optional.empty(), camera);
    }

    /** Returns the middle of the view. */
    static View cropped(View view, int width, int height) {
        Image image = view.image();
        if (image.width() == width && image.height() == height) {
            return view;
        }
        int left = (image.width() - width) / 2;
        int top = (image.height() - height) / 2;
        float[] depth = new float[width * height];
        for (int y = 0; y < height; y++) {
            int from = (y + top) * image.width() + left;
            System.arraycopy(view.depth().values(), from, depth, y * width, width);
        }
        Optional<Camera> camera =
                view.camera().map(c -> new Camera(c.pose(), c.intrinsics().cropped(left, top)));
        return new View(
                image.cropped(left, top, width, height), new ScalarMap(width, height, depth), Optional.empty(), camera);
    }

    private static ScalarMap nearest(ScalarMap map, int width, int height) {
        float[] values = new float[width * height];
        for (int y = 0; y < height; y++) {
            int row = (int) ((y + 0.5) * map.height() / height);
            for (int x = 0; x < width; x++) {
                values[y * width + x] = map.at((int) ((x + 0.5) * map.width() / width), row);
            }
        }
        return new ScalarMap(width, height, values);
    }
}

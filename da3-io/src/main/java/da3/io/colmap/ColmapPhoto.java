package da3.io.colmap;

import da3.geometry.image.PixelTransform;

/**
 * The original photo, before resizing, of a view.
 *
 * @param name of its file
 * @param width in pixels
 * @param height in pixels
 * @param toView transform from its pixels to those of the view
 */
public record ColmapPhoto(String name, int width, int height, PixelTransform toView) {

    /** Returns the x coordinate in the photo of an x coordinate in the view. */
    double x(double viewX) {
        return (viewX + toView.left()) / toView.sx();
    }

    /** Returns the y coordinate in the photo of a y coordinate in the view. */
    double y(double viewY) {
        return (viewY + toView.top()) / toView.sy();
    }
}

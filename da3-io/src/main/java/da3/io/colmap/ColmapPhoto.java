package da3.io.colmap;

import da3.geometry.image.PixelTransform;

/**
 * The photo that a view was made from.
 *
 * @param name of its file
 * @param width in pixels
 * @param height in pixels
 * @param toView from its pixels to the view's
 */
public record ColmapPhoto(String name, int width, int height, PixelTransform toView) {

    /** Column of the photo of a column of the view. */
    double x(double viewX) {
        return (viewX + toView.left()) / toView.sx();
    }

    /** Row of the photo of a row of the view. */
    double y(double viewY) {
        return (viewY + toView.top()) / toView.sy();
    }
}

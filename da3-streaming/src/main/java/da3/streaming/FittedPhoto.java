package da3.streaming;

import da3.geometry.Image;
import da3.geometry.image.ImageResize;
import da3.geometry.image.PixelTransform;

/**
 * A photo in the size of the frames of a map: resized until it covers them, and cropped at its center.
 *
 * @param image the image in this size
 * @param transform from pixels of the photo to those of the image
 */
record FittedPhoto(Image image, PixelTransform transform) {

    static FittedPhoto of(Image photo, int width, int height) {
        double scale = Math.max((double) width / photo.width(), (double) height / photo.height());
        int columns = Math.max(width, (int) Math.rint(scale * photo.width()));
        int rows = Math.max(height, (int) Math.rint(scale * photo.height()));
        boolean grows = columns > photo.width() || rows > photo.height();
        Image resized = grows ? ImageResize.cubic(photo, columns, rows) : ImageResize.area(photo, columns, rows);
        int left = (columns - width) / 2;
        int top = (rows - height) / 2;
        PixelTransform transform = PixelTransform.IDENTITY
                .resized((double) columns / photo.width(), (double) rows / photo.height())
                .cropped(left, top);
        return new FittedPhoto(resized.cropped(left, top, width, height), transform);
    }
}

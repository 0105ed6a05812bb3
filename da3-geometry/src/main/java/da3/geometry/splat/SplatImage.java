package da3.geometry.splat;

import da3.geometry.Image;
import da3.geometry.ScalarMap;

/**
 * A rendered image of Gaussians, or the gradient of a loss with respect to each of its values.
 *
 * @param rgb (height, width, 3), sRGB; 0 or more, and above 1 where harmonics are brighter than white
 * @param depth depth along the z axis of the camera: the mean over the Gaussians in a pixel, weighted by their
 *     contributions; 0 where there are none
 * @param alpha fraction of a pixel that Gaussians cover, 0 to 1
 */
public record SplatImage(int width, int height, float[] rgb, ScalarMap depth, ScalarMap alpha) {

    /** Returns the image with 8 bits per channel; values are rounded and clamped to 1. */
    public Image toImage() {
        byte[] bytes = new byte[rgb.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(255 * Math.min(1, rgb[i]));
        }
        return new Image(width, height, bytes);
    }

    @Override
    public String toString() {
        return "SplatImage[" + width + "x" + height + "]";
    }
}

package da3.geometry.splat;

import da3.geometry.Image;
import da3.geometry.ScalarMap;

/**
 * A rendered photo of Gaussians.
 *
 * @param rgb (height, width, 3), sRGB, 0 and up: harmonics may be brighter than 1
 * @param depth along the camera's axis, the mean over the Gaussians that a pixel shows, weighted by how much of each it
 *     shows; 0 where it shows none
 * @param alpha share of a pixel that Gaussians cover, 0 to 1
 */
public record SplatImage(int width, int height, float[] rgb, ScalarMap depth, ScalarMap alpha) {

    /** Eight bits a channel, rounded; what is brighter than 1 is 1. */
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

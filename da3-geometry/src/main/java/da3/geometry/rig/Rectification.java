package da3.geometry.rig;

import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.ScalarMap;
import da3.geometry.image.PixelMask;
import da3.geometry.lens.CameraModel;
import da3.geometry.lens.Undistortion;
import java.util.BitSet;
import java.util.Optional;

/**
 * The conversion of the images of a camera to those of a pinhole camera.
 *
 * @param undistortion removes the distortion of the lens
 * @param mask pixels of the undistorted images that show the vehicle itself
 */
public record Rectification(Undistortion undistortion, Optional<PixelMask> mask) {

    /** Returns the rectification of images of this size; the mask is that of the distorted images. */
    static Rectification of(CameraModel lens, int width, int height, Optional<PixelMask> distorted) {
        Undistortion undistortion = Undistortion.of(lens, width, height);
        return new Rectification(undistortion, distorted.map(mask -> undistorted(mask, undistortion)));
    }

    private static PixelMask undistorted(PixelMask mask, Undistortion undistortion) {
        float[] ignored = new float[mask.width() * mask.height()];
        mask.ignored().stream().forEach(i -> ignored[i] = 1);
        ScalarMap map = undistortion.apply(new ScalarMap(mask.width(), mask.height(), ignored));
        BitSet bits = new BitSet();
        for (int i = 0; i < map.values().length; i++) {
            bits.set(i, map.values()[i] == 1);
        }
        return new PixelMask(map.width(), map.height(), bits);
    }

    /** Returns the intrinsics of the undistorted images. */
    public Intrinsics intrinsics() {
        return undistortion.intrinsics();
    }

    /** Returns the undistorted image. */
    public Image apply(Image image) {
        return undistortion.apply(image);
    }
}

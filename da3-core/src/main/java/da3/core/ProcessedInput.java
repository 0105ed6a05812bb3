package da3.core;

import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.image.PixelTransform;
import java.util.List;

/**
 * Photos as the network sees them, in the caller's order.
 *
 * @param images all of one size, with sides that are multiples of 14
 * @param intrinsics in pixels of these images, one an image; empty if none were given
 * @param transforms from each photo's pixels to those of its processed image
 */
public record ProcessedInput(List<Image> images, List<Intrinsics> intrinsics, List<PixelTransform> transforms) {

    public ProcessedInput {
        images = List.copyOf(images);
        intrinsics = List.copyOf(intrinsics);
        transforms = List.copyOf(transforms);
    }

    public int views() {
        return images.size();
    }

    public int width() {
        return images.get(0).width();
    }

    public int height() {
        return images.get(0).height();
    }
}

package da3.core;

import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.image.PixelTransform;
import java.util.List;

/**
 * Processed images for the network, in the order of the given images.
 *
 * @param images images of equal size; both sides are multiples of 14
 * @param intrinsics intrinsics in pixels of these images, one per image; empty if none were given
 * @param transforms transforms from pixels of the given images to pixels of the processed images
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

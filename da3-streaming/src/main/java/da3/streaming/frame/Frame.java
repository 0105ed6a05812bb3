package da3.streaming.frame;

import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.image.PixelMask;
import da3.geometry.image.PixelTransform;
import java.util.Optional;

/**
 * A frame of a sequence.
 *
 * @param number number in the source, from 0
 * @param seconds time in the source
 * @param name file name, for instance {@code frame_000012.png}
 * @param image the image
 * @param intrinsics intrinsics in pixels of the image, if known
 * @param pose world-to-camera pose in the frame of all given poses, if known
 * @param mask pixels that must not be used, such as those of moving things
 */
public record Frame(
        long number,
        double seconds,
        String name,
        Image image,
        Optional<Intrinsics> intrinsics,
        Optional<Pose> pose,
        Optional<PixelMask> mask) {

    /** Creates a frame about which nothing else is known. */
    public Frame(long number, double seconds, String name, Image image) {
        this(number, seconds, name, image, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Returns this frame with another image of the same camera. */
    public Frame withImage(Image newImage) {
        return new Frame(number, seconds, name, newImage, intrinsics, pose, mask);
    }

    /** Returns this frame with intrinsics in pixels of its image. */
    public Frame withIntrinsics(Intrinsics newIntrinsics) {
        return new Frame(number, seconds, name, image, Optional.of(newIntrinsics), pose, mask);
    }

    /** Returns this frame with a world-to-camera pose. */
    public Frame withPose(Pose newPose) {
        return new Frame(number, seconds, name, image, intrinsics, Optional.of(newPose), mask);
    }

    /** Returns this frame with a mask, or without one. */
    public Frame withMask(Optional<PixelMask> newMask) {
        return new Frame(number, seconds, name, image, intrinsics, pose, newMask);
    }

    /**
     * Returns this frame with a resized image; intrinsics and mask follow.
     *
     * @param transform from pixels of this image to those of the resized image
     */
    public Frame resized(Image resized, PixelTransform transform) {
        return new Frame(
                number,
                seconds,
                name,
                resized,
                intrinsics.map(transform::apply),
                pose,
                mask.map(m -> m.resized(resized.width(), resized.height(), transform)));
    }
}

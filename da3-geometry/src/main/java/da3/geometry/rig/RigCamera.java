package da3.geometry.rig;

import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.geometry.image.PixelMask;
import da3.geometry.lens.CameraModel;
import java.util.Objects;
import java.util.Optional;

/**
 * A camera of a {@link Rig}.
 *
 * @param name name, unique in the rig
 * @param sensorFromRig rigid motion from rig coordinates to camera coordinates in meters: the world-to-camera pose of the
 *     camera where the rig is the world
 * @param lens camera model in pixels of the images as the camera takes them
 * @param size size of these images, if known
 * @param bodyMask pixels of these images that show the vehicle itself, if there are any
 */
public record RigCamera(
        String name, Pose sensorFromRig, CameraModel lens, Optional<Size> size, Optional<PixelMask> bodyMask) {

    /** Maximum relative difference of the scales of width and height of a resized image, due to rounding. */
    private static final double MAX_SCALE_DIFFERENCE = 0.01;

    /** The size of an image in pixels. */
    public record Size(int width, int height) {

        public Size {
            if (width < 1 || height < 1) {
                throw Check.invalid("image size", "at least 1x1", width + "x" + height);
            }
        }

        @Override
        public String toString() {
            return width + "x" + height;
        }
    }

    /** @throws IllegalArgumentException if the name is empty, the pose is not rigid or the intrinsics are invalid */
    public RigCamera {
        if (name.isBlank()) {
            throw Check.invalid("name of a camera", "not empty", "'" + name + "'");
        }
        sensorFromRig.requireRigid("pose of camera " + name);
        lens.intrinsics().requireValid("intrinsics of camera " + name);
        Objects.requireNonNull(size, "size");
        Objects.requireNonNull(bodyMask, "bodyMask");
    }

    /** Creates a camera without a mask. */
    public RigCamera(String name, Pose sensorFromRig, CameraModel lens, Optional<Size> size) {
        this(name, sensorFromRig, lens, size, Optional.empty());
    }

    /** Returns this camera elsewhere on the rig. */
    public RigCamera withPose(Pose newSensorFromRig) {
        return new RigCamera(name, newSensorFromRig, lens, size, bodyMask);
    }

    /** Returns this camera with a mask of the vehicle's own body, or without one. */
    public RigCamera withBodyMask(Optional<PixelMask> mask) {
        return new RigCamera(name, sensorFromRig, lens, size, mask);
    }

    /**
     * Returns the rectification of images of this camera, which may be resized.
     *
     * @param width width of the images in pixels
     * @param height height of the images in pixels
     * @throws IllegalArgumentException if the images have another aspect ratio than those of this camera, or another
     *     size than the mask
     * @throws da3.geometry.DegenerateGeometryException if the lens cannot be undistorted at this size
     */
    public Rectification rectification(int width, int height) {
        bodyMask.filter(mask -> mask.width() != width || mask.height() != height)
                .ifPresent(mask -> {
                    throw Check.invalid(
                            "size of the mask of camera " + name,
                            width + "x" + height + " as its images",
                            mask.width() + "x" + mask.height());
                });
        if (size.isEmpty()) {
            return Rectification.of(lens, width, height, bodyMask);
        }
        double sx = (double) width / size.get().width;
        double sy = (double) height / size.get().height;
        if (Math.abs(sx / sy - 1) > MAX_SCALE_DIFFERENCE) {
            throw Check.invalid("size of images of camera " + name, size.get() + " or resized", width + "x" + height);
        }
        CameraModel resized = lens.withIntrinsics(lens.intrinsics().scaled(sx, sy));
        return Rectification.of(resized, width, height, bodyMask);
    }
}

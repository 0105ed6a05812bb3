package da3.streaming.frame;

import da3.geometry.lens.CameraModel;
import da3.geometry.rig.Rig;
import da3.io.rig.RigImages;
import da3.video.LiveInput;
import da3.video.LiveOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A sequence of frames: a video, a folder of images, a live camera, or what a program computes. */
public interface FrameSource {

    /** Opens the frames, beginning with the first. */
    FrameStream open() throws IOException;

    /**
     * Returns a line of text that identifies the frames: a run continues another one only if its source has the same
     * description.
     */
    String description();

    /**
     * Returns whether {@link #open} can be called again and then returns the same frames. If not, a continued run goes
     * on with the first frame that the source returns.
     */
    default boolean repeatable() {
        return true;
    }

    /** Returns whether frames can have poses. At least one frame of the first window must then have one. */
    default boolean hasPoses() {
        return false;
    }

    /**
     * Returns the frames of a video.
     *
     * @param fps requested frames per second; see {@link da3.video.VideoReader}
     */
    static FrameSource video(Path file, double fps) {
        return new VideoFrames(file, fps);
    }

    /**
     * Returns the images of a folder, sorted by name. Their times are their numbers.
     *
     * @see da3.io.Images#list
     */
    static FrameSource folder(Path folder) {
        return new FolderFrames(folder);
    }

    /**
     * Returns the frames of a rig, instant after instant: for each the frames of all cameras in the order of the rig,
     * undistorted and cropped to one size, with intrinsics and masks. Their times are the numbers of the instants.
     *
     * @param instants images of each instant; see {@link RigImages#list}
     * @param poses poses of the rig by number of the instant, if known
     */
    static FrameSource rig(Rig rig, List<RigImages> instants, Optional<GivenPoses> poses) {
        return new RigFrames(rig, instants, poses);
    }

    /**
     * Returns the frames of a camera, a pipe or a network stream. Those that arrive while a window is predicted are
     * thinned out; see {@link da3.video.LiveVideo}.
     */
    static LiveFrames live(LiveInput input, LiveOptions options) {
        return new LiveFrames(input, options);
    }

    /**
     * Returns these frames without the distortion of a lens, with the intrinsics of the undistorted image.
     *
     * @param lens camera model in pixels of these frames
     */
    default FrameSource undistorted(CameraModel lens) {
        return new UndistortedFrames(this, lens);
    }

    /**
     * Returns these frames with masks from a folder, in which the mask of {@code NAME} is {@code NAME.png}, as in
     * COLMAP. Black pixels are ignored; frames without a file have no mask. {@link #open} fails without the folder.
     */
    default FrameSource masked(Path folder) {
        return new MaskedFrames(this, folder);
    }

    /** Returns these frames with given poses. */
    default FrameSource posed(GivenPoses poses) {
        return new PosedFrames(this, poses);
    }

    /**
     * Returns only frames that show enough motion since the last one that was returned; see {@link Keyframes}.
     *
     * @param minMotion minimum median motion of tracked points, in fractions of the image width
     */
    default FrameSource keyframes(double minMotion) {
        return new Keyframes(this, minMotion);
    }
}

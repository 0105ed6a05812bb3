package da3.streaming.frame;

import da3.geometry.Image;
import da3.geometry.lens.CameraModel;
import da3.geometry.lens.Undistortion;

/** Frames whose lens distortion is removed. Masks must fit the undistorted frames. */
final class UndistortedFrames extends MappedFrames {

    private final CameraModel lens;
    private Undistortion last; // frames of one source usually have one size
    private int width;
    private int height;

    UndistortedFrames(FrameSource source, CameraModel lens) {
        super(source);
        this.lens = lens;
    }

    @Override
    Frame map(Frame frame) {
        Undistortion undistortion = undistortion(frame.image());
        return frame.withImage(undistortion.apply(frame.image())).withIntrinsics(undistortion.intrinsics());
    }

    private synchronized Undistortion undistortion(Image image) {
        if (last == null || width != image.width() || height != image.height()) {
            last = Undistortion.of(lens, image.width(), image.height());
            width = image.width();
            height = image.height();
        }
        return last;
    }

    @Override
    String change() {
        return "undistorted by " + lens;
    }
}

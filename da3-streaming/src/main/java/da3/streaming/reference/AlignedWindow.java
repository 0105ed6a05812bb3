package da3.streaming.reference;

import da3.geometry.Pose;
import da3.geometry.Sim3;
import java.util.List;

/**
 * A window of a sequence and where it is.
 *
 * @param range the frames of the window
 * @param emitted the frames that are taken from this window and not from the next one
 * @param frames one for each frame of the range, in the world frame and unit of the window
 * @param toWorld maps the window to the world frame, which is that of the first window
 */
public record AlignedWindow(FrameRange range, FrameRange emitted, List<WindowFrame> frames, Sim3 toWorld) {

    /** Returns a frame by its number in the sequence. */
    public WindowFrame frame(int number) {
        return frames.get(number - range.start());
    }

    /** Returns the camera-to-world pose of a frame, by its number in the sequence. */
    public Pose cameraToWorld(int number) {
        return toWorld.applyToPose(frame(number).camera().pose()).inverse();
    }

    List<WindowFrame> frames(FrameRange part) {
        return frames.subList(part.start() - range.start(), part.end() - range.start());
    }
}

package da3.streaming.store;

import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import java.util.Optional;

/**
 * A frame of the map with its pixels. All maps have the processing size; depth and camera are in the frame and unit of
 * the window that added the frame.
 *
 * @param info metadata, which the store also keeps in memory
 * @param image the image
 * @param depth along the z axis of the camera; 0 where there is none
 * @param confidence larger is better, 1 where the pixel must not be used
 * @param descriptor vector by which similar frames are found; empty without one
 */
public record StoredFrame(FrameInfo info, Image image, ScalarMap depth, ScalarMap confidence, float[] descriptor) {

    /** Returns the frame as a view. */
    public View view() {
        return new View(image, depth, Optional.of(confidence), Optional.of(info.camera()));
    }
}

package da3.streaming.store;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import java.util.Optional;

/**
 * The metadata of a frame: everything but its pixels.
 *
 * @param source number of the frame in its source, from 0; frames that were no keyframes leave gaps
 * @param seconds time in the source
 * @param name file name of the frame
 * @param window number of the window that added the frame to the map, the first one that saw it
 * @param camera predicted camera in the frame and unit of that window; intrinsics in pixels of the processing size
 * @param givenPose world-to-camera pose in the frame of the map, if the user gave it
 * @param givenIntrinsics intrinsics in pixels of the processing size, if they were known before the prediction
 */
public record FrameInfo(
        long source,
        double seconds,
        String name,
        int window,
        Camera camera,
        Optional<Pose> givenPose,
        Optional<Intrinsics> givenIntrinsics) {}

package da3.streaming.store;

import da3.geometry.Camera;
import da3.geometry.ScalarMap;
import java.util.Optional;

/**
 * The exact prediction of a frame by a window.
 *
 * @param source number of the frame in its source
 * @param name file name of the frame
 * @param camera camera in the frame and unit of the window
 * @param depth along the z axis of the camera
 * @param confidence larger is better; empty if the network predicts none
 * @param descriptor vector by which similar frames are found; empty without one
 */
public record PredictedFrame(
        long source, String name, Camera camera, ScalarMap depth, Optional<ScalarMap> confidence, float[] descriptor) {}

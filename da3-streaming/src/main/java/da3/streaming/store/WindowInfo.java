package da3.streaming.store;

import da3.geometry.Camera;
import da3.geometry.Sim3;
import java.util.List;

/**
 * A window: consecutive frames that the network saw together.
 *
 * @param number number of the window, from 0
 * @param firstFrame number of its first frame in the map
 * @param overlap number of frames at its start that earlier windows added to the map
 * @param cameras cameras of all its frames, in its own frame and unit
 * @param depth median depth of its frames, in its unit; 0 if it has none
 * @param metric whether its unit is the meter
 * @param toPrevious similarity from the frame of this window to that of the previous one; for the first window to that
 *     of the map
 * @param inliers fraction of pixels of the overlap that agree with this similarity; 1 for the first window
 * @param residual median distance between aligned points of the overlap, relative to their depth
 * @param scaleDeviation standard deviation of the logarithm of the scale to the map, where poses are given; infinite
 *     elsewhere
 */
public record WindowInfo(
        int number,
        int firstFrame,
        int overlap,
        List<Camera> cameras,
        double depth,
        boolean metric,
        Sim3 toPrevious,
        double inliers,
        double residual,
        double scaleDeviation) {

    public WindowInfo {
        cameras = List.copyOf(cameras);
    }

    /** Returns the number of frames that this window adds to the map. */
    public int newFrames() {
        return cameras.size() - overlap;
    }
}

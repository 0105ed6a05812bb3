package da3.streaming.store;

import da3.geometry.Pose;
import java.util.Optional;

/**
 * A tested loop between two frames.
 *
 * @param from number of the earlier frame
 * @param to number of the later frame
 * @param motion if the loop was verified, the motion from camera {@code to} to camera {@code from}, in the unit of the
 *     window of {@code from}
 * @param scaleRatio scale of the window of {@code to} by that of {@code from}; 1 if the loop was not verified
 */
public record LoopInfo(int from, int to, Optional<Pose> motion, double scaleRatio) {}

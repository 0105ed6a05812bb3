package da3.streaming.loop;

import da3.geometry.Pose;

/**
 * A verified loop between two frames.
 *
 * @param motion maps coordinates of the camera of the later frame to those of the earlier frame, in the unit of the
 *     window of the earlier frame
 * @param scaleRatio scale of the window of the later frame by that of the earlier frame
 */
public record LoopMeasurement(Pose motion, double scaleRatio) {}

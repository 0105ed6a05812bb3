package da3.video;

import org.bytedeco.ffmpeg.global.avutil;

/**
 * The times of the frames of a live video, and the frames that a maximum rate leaves. Time begins at 0; where time stamps
 * jump back, for instance because a camera was restarted, it goes on without a jump.
 */
final class LiveClock {

    /** Fraction of the interval between frames by which a frame may be early. */
    private static final double TOLERANCE = 0.05;

    private final double interval;
    private double offset = Double.NaN;
    private double last;
    private double due;

    /** @param framesPerSecond maximum rate of accepted frames */
    LiveClock(double framesPerSecond) {
        interval = 1 / framesPerSecond;
    }

    /**
     * Returns the time of the next frame in seconds.
     *
     * @param stamp time stamp of the source in units of {@code timeBase}, or {@code AV_NOPTS_VALUE}
     * @param arrival time at which the frame arrived in nanoseconds, used if there is no time stamp
     */
    double seconds(long stamp, double timeBase, long arrival) {
        double now = stamp == avutil.AV_NOPTS_VALUE ? arrival / 1e9 : stamp * timeBase;
        if (Double.isNaN(offset)) {
            offset = now;
        } else if (now - offset < last) {
            offset = now - last;
        }
        last = now - offset;
        return last;
    }

    /** Returns whether a frame is used, given its time. */
    boolean accepts(double seconds) {
        if (seconds < due - TOLERANCE * interval) {
            return false;
        }
        due = Math.max(due + interval, seconds);
        return true;
    }
}

package da3.video;

import da3.geometry.check.Check;
import java.time.Duration;
import java.util.Optional;

/**
 * Options for reading a live video.
 *
 * @param framesPerSecond maximum rate of frames, positive and finite; further frames are skipped
 * @param stall time without a frame after which the video ends, positive
 * @param duration length of the video after which it ends; empty for no limit
 */
public record LiveOptions(double framesPerSecond, Duration stall, Optional<Duration> duration) {

    public LiveOptions {
        Check.positive("frames per second", framesPerSecond);
        if (stall.isZero() || stall.isNegative()) {
            throw Check.invalid("time limit of a stall", "positive", stall);
        }
        if (duration.isPresent() && duration.get().isNegative()) {
            throw Check.invalid("duration", "at least 0", duration.get());
        }
    }

    /** Returns four frames per second, a stall of 10 seconds, and no limit of the duration. */
    public static LiveOptions defaults() {
        return new LiveOptions(4, Duration.ofSeconds(10), Optional.empty());
    }

    public LiveOptions withFramesPerSecond(double fps) {
        return new LiveOptions(fps, stall, duration);
    }

    public LiveOptions withStall(Duration limit) {
        return new LiveOptions(framesPerSecond, limit, duration);
    }

    public LiveOptions withDuration(Duration limit) {
        return new LiveOptions(framesPerSecond, stall, Optional.of(limit));
    }
}

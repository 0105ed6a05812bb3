package da3.server.wire;

import da3.geometry.check.Check;
import da3.io.GlbOptions;
import da3.streaming.LoopMethod;
import da3.streaming.MapFormat;
import java.util.List;

/**
 * Options of a task that streams: it computes the map of a long sequence window by window.
 *
 * @param window maximum number of frames that the network sees together, 2 to 512
 * @param overlap frames that consecutive windows share, 1 to window - 1
 * @param minMotion minimum motion between frames that are used, in fractions of the image width, 0 to 1
 * @param loops how frames that show known surfaces again are found
 * @param maxPoints maximum number of points of the map
 * @param formats exported formats in addition to those that every task writes
 */
public record StreamOptions(
        int window, int overlap, double minMotion, LoopMethod loops, int maxPoints, List<MapFormat> formats) {

    private static final int MAX_WINDOW = 512;

    public StreamOptions {
        Check.inRange("window", 2, MAX_WINDOW, window);
        Check.inRange("overlap", 1, window - 1, overlap);
        Check.inRange("min_motion", 0, 1, minMotion);
        Check.inRange("max_points", 1, GlbOptions.MAX_POINTS, maxPoints);
        formats = List.copyOf(formats);
    }

    /** Returns the defaults of {@code da3 stream}. */
    public static StreamOptions defaults() {
        return new StreamOptions(32, 8, 0, LoopMethod.TOKENS, 2_000_000, List.of());
    }
}

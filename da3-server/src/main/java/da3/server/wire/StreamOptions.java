package da3.server.wire;

import da3.geometry.check.Check;
import da3.streaming.LoopMethod;
import da3.streaming.MapFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Options of a task that streams: it computes the map of a long sequence window by window.
 *
 * @param window maximum number of frames that the network sees together, 2 to 512
 * @param overlap frames that consecutive windows share, 1 to window - 1
 * @param minMotion minimum motion between frames that are used, in fractions of the image width, 0 to 1
 * @param loops how frames that show known surfaces again are found
 * @param maxPoints maximum number of points of the map, 1 to 10,000,000
 * @param formats exported formats in addition to {@link #ALWAYS}, which may be listed too: KITTI, MESH or COLMAP. GLB
 *     and GAUSSIANS hold the whole map in memory, which the admission of a task does not count.
 */
public record StreamOptions(
        int window, int overlap, double minMotion, LoopMethod loops, int maxPoints, List<MapFormat> formats) {

    /** Formats that every task that streams writes. */
    public static final List<MapFormat> ALWAYS =
            List.of(MapFormat.TUM, MapFormat.INTRINSICS, MapFormat.PLY, MapFormat.TILES);

    private static final List<MapFormat> ADDITIONAL = List.of(MapFormat.KITTI, MapFormat.MESH, MapFormat.COLMAP);

    private static final int MAX_WINDOW = 512;

    /** Bounds the time and the disk space of the points, which are written as PLY and as 3D Tiles. */
    private static final int MAX_POINTS = 10_000_000;

    public StreamOptions {
        Check.inRange("window", 2, MAX_WINDOW, window);
        Check.inRange("overlap", 1, window - 1, overlap);
        Check.inRange("min_motion", 0, 1, minMotion);
        Check.inRange("max_points", 1, MAX_POINTS, maxPoints);
        formats = List.copyOf(formats);
        requireSupported(formats);
    }

    private static void requireSupported(List<MapFormat> formats) {
        List<MapFormat> others = new ArrayList<>(formats);
        others.removeAll(ALWAYS);
        others.removeAll(ADDITIONAL);
        if (!others.isEmpty()) {
            String ids = others.stream().map(MapFormat::id).collect(Collectors.joining("-"));
            throw Check.invalid("export_format", "kitti, mesh or colmap, joined by -", "'" + ids + "'");
        }
    }

    /** Returns the defaults of {@code da3 stream}. */
    public static StreamOptions defaults() {
        return new StreamOptions(32, 8, 0, LoopMethod.TOKENS, 2_000_000, List.of());
    }
}

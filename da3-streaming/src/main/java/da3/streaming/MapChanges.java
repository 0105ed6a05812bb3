package da3.streaming;

import da3.geometry.Pose;
import da3.streaming.store.LoopInfo;
import java.util.List;
import java.util.SortedMap;

/**
 * What changed in a {@link LiveMap} after a version.
 *
 * @param since version that the viewer has; 0 for nothing, so that these changes are the whole map
 * @param version version of the map with these changes
 * @param frames number of frames of the map
 * @param poses camera-to-world poses, by frame, of the frames that are new or moved
 * @param tiles numbers of points, by id, of the tiles that are new or changed; 0 for a tile that was removed
 * @param loops all loops that correct the map
 */
public record MapChanges(
        long since,
        long version,
        int frames,
        SortedMap<Integer, Pose> poses,
        SortedMap<String, Integer> tiles,
        List<LoopInfo> loops) {

    public MapChanges {
        loops = List.copyOf(loops);
    }
}

package da3.streaming;

import da3.geometry.Camera;
import da3.geometry.PointCloud;
import da3.geometry.Pose;
import da3.geometry.Sim3;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.geometry.math.Vec3;
import da3.streaming.store.LoopInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A thinned copy of the map of a run, for viewers that follow it: points in cubic tiles, the path of the cameras, and
 * loops. {@link #update} follows the map; viewers ask for the changes since the version that they know, so that they
 * may miss some. When loops or positions correct frames, their points move with them. Memory holds 32 bytes for each of
 * at most {@code maxPoints} points, and 200 for each frame. Thread-safe; one thread at a time updates.
 */
public final class LiveMap {

    /** Percentage of the least confident pixels of each frame that are no points. */
    private static final double PERCENTILE = 40;

    /** Maximum number of points of a frame. */
    private static final int POINTS_PER_FRAME = 20_000;

    /** Cells of the first grid per median depth. */
    private static final double CELLS_PER_DEPTH = 100;

    /** Number of cells that a frame must move, seen at the median depth, before its points move. */
    private static final double MIN_MOTION = 0.5;

    private final int maxPoints;
    private final List<Placement> frames = new ArrayList<>();
    private List<LoopInfo> loops = List.of();
    private LivePoints points; // null before the first update
    private double depth; // median, in the unit of the map
    private long version;

    /** @param maxPoints maximum number of points, at least 8 */
    public LiveMap(int maxPoints) {
        this.maxPoints = Check.atLeast("maximum number of points", LivePoints.MIN_POINTS, maxPoints);
    }

    /** Where a frame is, the scale of its window, and the version of its last motion. */
    private record Placement(Pose pose, double scale, long version) {

        /** Returns the similarity that moves the points of a frame to another placement. */
        Sim3 motionTo(Placement next) {
            Pose toWorld = next.pose.inverse();
            double ratio = next.scale / scale;
            Vec3 translation = toWorld.rotation().times(pose.translation().times(ratio));
            return new Sim3(ratio, toWorld.rotation().times(pose.rotation()), translation.plus(toWorld.translation()));
        }
    }

    /**
     * Adds the new frames of a map, and moves those that were corrected.
     *
     * @throws IOException if a frame cannot be read
     */
    public void update(StreamingMap map) throws IOException {
        long next = version + 1;
        List<Camera> cameras = map.cameras();
        List<Double> scales = map.scales();
        List<Placement> placements = new ArrayList<>();
        for (int i = 0; i < map.size(); i++) {
            double scale = scales.get(map.frames().get(i).window());
            placements.add(new Placement(cameras.get(i).pose(), scale, next));
        }
        List<LoopInfo> accepted = map.acceptedLoops();
        if (points == null) {
            depth = MeshExport.medianDepth(map);
        }
        Map<Integer, PointCloud> added = new TreeMap<>();
        for (int i = frames.size(); i < placements.size(); i++) {
            View view = map.view(i);
            added.put(i, FramePoints.of(view, PERCENTILE, POINTS_PER_FRAME).cloud());
        }
        apply(placements, accepted, added, next);
    }

    private synchronized void apply(
            List<Placement> placements, List<LoopInfo> accepted, Map<Integer, PointCloud> added, long next) {
        if (points == null) {
            points = new LivePoints(maxPoints, depth / CELLS_PER_DEPTH);
        }
        Map<Integer, Sim3> motions = new HashMap<>();
        for (int i = 0; i < frames.size(); i++) {
            Sim3 motion = frames.get(i).motionTo(placements.get(i));
            if (moves(frames.get(i), motion)) {
                motions.put(i, motion);
                frames.set(i, placements.get(i));
            }
        }
        if (!motions.isEmpty()) {
            points.move(motions, next);
        }
        added.forEach((frame, cloud) -> {
            frames.add(placements.get(frame));
            points.add(frame, cloud, next);
        });
        loops = List.copyOf(accepted);
        version = next;
    }

    /** Returns whether a motion is visible at the center of a camera, or in front of it or next to it. */
    private boolean moves(Placement frame, Sim3 motion) {
        Pose toWorld = frame.pose.inverse();
        double limit = MIN_MOTION * points.cell();
        for (Vec3 seen : List.of(Vec3.ZERO, new Vec3(0, 0, depth), new Vec3(depth, 0, depth))) {
            Vec3 point = toWorld.transform(seen);
            if (motion.transform(point).minus(point).norm() > limit) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns what changed after a version.
     *
     * @param known version that the viewer has; 0 for nothing
     */
    public synchronized MapChanges changesSince(long known) {
        SortedMap<Integer, Pose> poses = new TreeMap<>();
        for (int i = 0; i < frames.size(); i++) {
            if (frames.get(i).version > known) {
                poses.put(i, frames.get(i).pose.inverse());
            }
        }
        SortedMap<String, Integer> tiles = points == null ? new TreeMap<>() : points.changedAfter(known);
        if (known == 0) {
            tiles.values().removeIf(count -> count == 0);
        }
        return new MapChanges(known, version, frames.size(), poses, tiles, loops);
    }

    /** Returns the points of a tile in the frame of the map; empty if there is no such tile. */
    public synchronized Optional<PointCloud> tile(String id) {
        return points == null ? Optional.empty() : points.tile(id);
    }
}

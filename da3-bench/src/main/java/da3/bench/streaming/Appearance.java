package da3.bench.streaming;

import da3.geometry.Pose;
import da3.geometry.math.Vec3;
import da3.geometry.metrics.Angles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Where the frames of a route appear to be. Some stretches in a corridor look exactly like another corridor that was
 * visited before (perceptual aliasing); all other frames appear to be where they are.
 *
 * @param poses world-to-camera pose of the camera that each frame appears to be taken by
 * @param aliased number of frames that appear to be elsewhere
 */
record Appearance(List<Pose> poses, int aliased) {

    /** Frames of a stretch. */
    private static final int STRETCH = 10;

    /** Maximum distance in meters and angle in degrees between cameras that see the same surfaces. */
    private static final double MAX_DISTANCE = 3;

    private static final double MAX_ANGLE = 45;

    /** The same between a frame and another one that it is mistaken for. */
    private static final double MAX_ALIAS_DISTANCE = 0.6;

    private static final double MAX_ALIAS_ANGLE = 15;

    /**
     * Draws the aliased stretches.
     *
     * @param rate fraction of stretches that appear to be elsewhere, if there is a similar place
     * @param minGap minimum difference between the numbers of frames that are mistaken for each other
     */
    static Appearance draw(CorridorBuilding building, List<Pose> truth, double rate, int minGap, long seed) {
        Random random = new Random(seed);
        List<Pose> poses = new ArrayList<>(truth);
        int aliased = 0;
        for (int start = 0; start + STRETCH <= truth.size(); start += STRETCH) {
            int middle = start + STRETCH / 2;
            Optional<Integer> own = building.corridor(truth.get(middle).cameraCenter());
            boolean drawn = random.nextDouble() < rate;
            if (!drawn || own.isEmpty()) {
                continue;
            }
            List<Integer> others = similarCorridors(building, truth, middle, own.get(), minGap);
            if (!others.isEmpty()) {
                int other = others.get(random.nextInt(others.size()));
                for (int i = start; i < start + STRETCH; i++) {
                    if (building.corridor(truth.get(i).cameraCenter()).equals(own)) {
                        poses.set(i, building.counterpart(truth.get(i), own.get(), other));
                        aliased++;
                    }
                }
            }
        }
        return new Appearance(poses, aliased);
    }

    /** Returns the corridor of each earlier frame whose view is like that of a frame in another corridor. */
    private static List<Integer> similarCorridors(
            CorridorBuilding building, List<Pose> truth, int frame, int own, int minGap) {
        List<Integer> corridors = new ArrayList<>();
        for (int i = 0; i <= frame - minGap; i++) {
            Optional<Integer> other = building.corridor(truth.get(i).cameraCenter());
            if (other.isPresent()
                    && other.get() != own
                    && isClose(
                            building.counterpart(truth.get(frame), own, other.get()),
                            truth.get(i),
                            MAX_ALIAS_DISTANCE,
                            MAX_ALIAS_ANGLE)) {
                corridors.add(other.get());
            }
        }
        return corridors;
    }

    /** Returns whether cameras are so close that they see the same surfaces. */
    static boolean share(Pose a, Pose b) {
        return isClose(a, b, MAX_DISTANCE, MAX_ANGLE);
    }

    private static boolean isClose(Pose a, Pose b, double maxDistance, double maxAngle) {
        Vec3 offset = a.cameraCenter().minus(b.cameraCenter());
        return offset.norm() <= maxDistance && Angles.between(a.rotation(), b.rotation()) <= maxAngle;
    }
}

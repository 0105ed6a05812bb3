package da3.bench.streaming;

import da3.geometry.Pose;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A closed route through a {@link CorridorBuilding}, which passes through some of its corridors more than once. */
enum Route {
    /** One and a half times around a block. */
    POLYLINE(0, 1, 3, 2, 0, 1, 3),

    /** Around both blocks, three times through the corridor between them. */
    FIGURE_OF_EIGHT(2, 0, 4, 5, 2, 0, 1, 3, 2, 0),

    /** Along three corridors, and backwards the same way, so that the camera looks in the same direction. */
    THERE_AND_BACK(0, 4, 5, 2);

    private static final double EYE = 1.5; // height in meters
    private static final double CORNER = 1; // radius in meters
    private static final double MAX_TURN = Math.toRadians(8); // from frame to frame

    /** The camera does not walk exactly in the middle, nor twice alike: amplitude in meters, and radians per frame. */
    private static final double SWAY = 0.12;

    private static final double SWAY_FREQUENCY = 0.37;

    private final int[] junctions;

    Route(int... junctions) {
        this.junctions = junctions;
    }

    /** Returns the name in prose. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * Returns the world-to-camera poses.
     *
     * @param step distance between consecutive frames on straight parts, in meters
     */
    List<Pose> poses(double step) {
        List<Pose> path = path(step);
        if (this == THERE_AND_BACK) {
            List<Pose> back = new ArrayList<>(path);
            Collections.reverse(back);
            path.addAll(back);
        }
        List<Pose> swaying = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            double offset = SWAY * Math.sin(SWAY_FREQUENCY * i);
            Pose pose = path.get(i);
            swaying.add(pose.withTranslation(pose.translation().plus(new Vec3(offset, 0, 0))));
        }
        return swaying;
    }

    private List<Pose> path(double step) {
        List<Pose> poses = new ArrayList<>();
        Vec3 at = junction(0);
        for (int i = 1; i < junctions.length; i++) {
            Vec3 next = junction(i);
            Vec3 direction = unit(next.minus(at));
            boolean turns = i + 1 < junctions.length
                    && unit(junction(i + 1).minus(next)).dot(direction) < 0.5;
            Vec3 end = turns ? next.minus(direction.times(CORNER)) : next;
            double length = end.minus(at).norm();
            for (double s = 0; s < length; s += step) {
                poses.add(pose(at.plus(direction.times(s)), direction));
            }
            at = end;
            if (turns) {
                Vec3 turned = unit(junction(i + 1).minus(next));
                int frames = (int) Math.ceil(Math.PI / 2 / MAX_TURN);
                Vec3 center = end.plus(turned.times(CORNER));
                for (int f = 0; f < frames; f++) {
                    double angle = Math.PI / 2 * f / frames;
                    Vec3 outward = direction.times(Math.sin(angle)).minus(turned.times(Math.cos(angle)));
                    Vec3 heading = direction.times(Math.cos(angle)).plus(turned.times(Math.sin(angle)));
                    poses.add(pose(center.plus(outward.times(CORNER)), heading));
                }
                at = next.plus(turned.times(CORNER));
            }
        }
        return poses;
    }

    private Vec3 junction(int i) {
        return CorridorBuilding.JUNCTIONS.get(junctions[i]);
    }

    /** Returns the world-to-camera pose of a level camera. */
    private static Pose pose(Vec3 floor, Vec3 forward) {
        Vec3 down = new Vec3(0, -1, 0);
        Mat3 rotation = Mat3.ofColumns(down.cross(forward), down, forward).transpose();
        Vec3 eye = floor.plus(new Vec3(0, EYE, 0));
        return new Pose(rotation, rotation.times(eye).times(-1));
    }

    private static Vec3 unit(Vec3 v) {
        return v.times(1 / v.norm());
    }
}

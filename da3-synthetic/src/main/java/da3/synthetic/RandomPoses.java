package da3.synthetic;

import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random cameras in a box that have free space around them and see surfaces.
 *
 * @param scene the scene that contains the cameras
 * @param min corner of the box with the smallest coordinates
 * @param max corner of the box with the largest coordinates
 * @param clearance minimum distance to surfaces in view, in meters
 * @param tilt maximum angle of the view above or below the horizon, radians, below pi / 2
 * @param count number of cameras
 * @param seed seed of the draws
 */
public record RandomPoses(SyntheticScene scene, Vec3 min, Vec3 max, double clearance, double tilt, int count, long seed)
        implements CameraRig {

    /** Yaw angles of the probing rays relative to the direction of view, radians. */
    private static final double[] PROBES = {0, -0.6, -0.3, 0.3, 0.6};

    private static final double MAX_DISTANCE = 1e3;
    private static final int MAX_ATTEMPTS = 1000;

    public RandomPoses {
        CameraRig.requireCount(count);
        if (!(tilt >= 0 && tilt < Math.PI / 2)) {
            throw Check.invalid("tilt", "at least 0 and below pi / 2", tilt);
        }
    }

    public RandomPoses withCount(int count) {
        return new RandomPoses(scene, min, max, clearance, tilt, count, seed);
    }

    public RandomPoses withClearance(double clearance) {
        return new RandomPoses(scene, min, max, clearance, tilt, count, seed);
    }

    public RandomPoses withSeed(long seed) {
        return new RandomPoses(scene, min, max, clearance, tilt, count, seed);
    }

    /**
     * Returns the poses.
     *
     * @throws IllegalStateException if a thousand draws per camera find too few positions
     */
    @Override
    public List<Pose> poses() {
        RayCaster caster = new RayCaster(scene);
        Random random = new Random(seed);
        List<Pose> poses = new ArrayList<>();
        for (int attempts = 0; poses.size() < count; attempts++) {
            if (attempts == MAX_ATTEMPTS * count) {
                throw new IllegalStateException("no camera position between " + min + " and " + max
                        + " has a clearance of " + clearance + " m");
            }
            Vec3 eye = new Vec3(
                    between(min.x(), max.x(), random),
                    between(min.y(), max.y(), random),
                    between(min.z(), max.z(), random));
            double yaw = between(0, 2 * Math.PI, random);
            double pitch = between(-tilt, tilt, random);
            if (seesSomething(caster, eye, yaw, pitch)) {
                poses.add(CameraRig.lookAt(eye, eye.plus(direction(yaw, pitch))));
            }
        }
        return List.copyOf(poses);
    }

    private boolean seesSomething(RayCaster caster, Vec3 eye, double yaw, double pitch) {
        int seen = 0;
        for (double probe : PROBES) {
            double distance = caster.distance(new Ray(eye, direction(yaw + probe, pitch)));
            if (distance < clearance) {
                return false;
            }
            seen += distance < MAX_DISTANCE ? 1 : 0;
        }
        return seen > PROBES.length / 2;
    }

    private static Vec3 direction(double yaw, double pitch) {
        double level = StrictMath.cos(pitch);
        return new Vec3(level * StrictMath.sin(yaw), StrictMath.sin(pitch), -level * StrictMath.cos(yaw));
    }

    private static double between(double low, double high, Random random) {
        return low + (high - low) * random.nextDouble();
    }
}

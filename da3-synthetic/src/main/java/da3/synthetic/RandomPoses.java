package da3.synthetic;

import da3.geometry.Pose;
import da3.geometry.math.Vec3;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Cameras anywhere in a box that see something: none has its nose against a wall, none stares into nothing.
 *
 * @param scene that they are in
 * @param least corner of the box
 * @param greatest corner of the box
 * @param clearance how far away things must be, in meters
 * @param tilt the steepest look up or down, radians, below pi / 2
 * @param count number of cameras
 * @param seed of the draws
 */
public record RandomPoses(
        SyntheticScene scene, Vec3 least, Vec3 greatest, double clearance, double tilt, int count, long seed)
        implements CameraRig {

    /** Looks around the middle, a fifth of a turn wide. */
    private static final double[] PROBES = {0, -0.6, -0.3, 0.3, 0.6};

    private static final double FARTHEST = 1e3;
    private static final int TRIES = 1000;

    public RandomPoses {
        CameraRig.requireCount(count);
        if (!(tilt >= 0 && tilt < Math.PI / 2)) {
            throw new IllegalArgumentException("tilt is " + tilt + "; legal: from 0, below pi / 2");
        }
    }

    public RandomPoses withCount(int count) {
        return new RandomPoses(scene, least, greatest, clearance, tilt, count, seed);
    }

    public RandomPoses withClearance(double clearance) {
        return new RandomPoses(scene, least, greatest, clearance, tilt, count, seed);
    }

    public RandomPoses withSeed(long seed) {
        return new RandomPoses(scene, least, greatest, clearance, tilt, count, seed);
    }

    /** @throws IllegalStateException if a thousand draws find no place for a camera */
    @Override
    public List<Pose> poses() {
        RayCaster caster = new RayCaster(scene);
        Random random = new Random(seed);
        List<Pose> poses = new ArrayList<>();
        for (int tries = 0; poses.size() < count; tries++) {
            if (tries == TRIES * count) {
                throw new IllegalStateException("between " + least + " and " + greatest + " there is no place with "
                        + clearance + " m around it");
            }
            Vec3 eye = new Vec3(
                    between(least.x(), greatest.x(), random),
                    between(least.y(), greatest.y(), random),
                    between(least.z(), greatest.z(), random));
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
            seen += distance < FARTHEST ? 1 : 0;
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

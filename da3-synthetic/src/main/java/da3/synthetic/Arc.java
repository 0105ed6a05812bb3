package da3.synthetic;

import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.geometry.math.Vec3;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Cameras on a horizontal arc around a point that they all look at.
 *
 * @param target the point that the cameras look at
 * @param radius radius of the arc, in meters
 * @param height height of the cameras above the target, in meters
 * @param from angle of the first camera, radians: 0 is on the positive z side, pi / 2 on the positive x side
 * @param to angle of the last camera
 * @param count number of cameras, evenly spaced; a single one is in the middle
 * @param jitter standard deviation of each coordinate of a camera center, in meters
 * @param seed seed of the jitter
 */
public record Arc(
        Vec3 target, double radius, double height, double from, double to, int count, double jitter, long seed)
        implements CameraRig {

    public Arc {
        Check.positive("radius of an arc", radius);
        CameraRig.requireCount(count);
    }

    /** Returns a full circle of evenly spaced cameras without jitter. */
    public static Arc orbit(Vec3 target, double radius, double height, int count) {
        double step = 2 * Math.PI / CameraRig.requireCount(count);
        return new Arc(target, radius, height, 0, 2 * Math.PI - step, count, 0, 0);
    }

    public Arc withCount(int count) {
        return new Arc(target, radius, height, from, to, count, jitter, seed);
    }

    public Arc withRadius(double radius) {
        return new Arc(target, radius, height, from, to, count, jitter, seed);
    }

    public Arc withAngles(double from, double to) {
        return new Arc(target, radius, height, from, to, count, jitter, seed);
    }

    public Arc withJitter(double jitter, long seed) {
        return new Arc(target, radius, height, from, to, count, jitter, seed);
    }

    @Override
    public List<Pose> poses() {
        Random random = new Random(seed);
        return Stream.iterate(0, i -> i < count, i -> i + 1)
                .map(i -> CameraRig.lookAt(eye(i, random), target))
                .toList();
    }

    private Vec3 eye(int i, Random random) {
        double angle = from + (to - from) * (count == 1 ? 0.5 : i / (count - 1.0));
        Vec3 offset = new Vec3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()).times(jitter);
        return target.plus(new Vec3(radius * StrictMath.sin(angle), height, radius * StrictMath.cos(angle)))
                .plus(offset);
    }
}

package da3.synthetic;

import da3.geometry.Pose;
import da3.geometry.math.Vec3;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Cameras on a level arc around a point that they all look at; a full turn makes an orbit.
 *
 * @param target what they look at
 * @param radius of the arc, in meters
 * @param height of the cameras above the target, in meters
 * @param from angle of the first camera, radians: 0 is on the positive z side, pi / 2 on the positive x side
 * @param to angle of the last camera
 * @param count number of cameras, evenly spread; a single one stands in the middle
 * @param jitter standard deviation of every coordinate of a camera's place, in meters
 * @param seed of the jitter
 */
public record Arc(
        Vec3 target, double radius, double height, double from, double to, int count, double jitter, long seed)
        implements CameraRig {

    public Arc {
        Vectors.requirePositive("radius of an arc", radius);
        CameraRig.requireCount(count);
    }

    /** Cameras all around, without jitter; the last one does not repeat the first. */
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
        Vec3 shake = new Vec3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()).times(jitter);
        return target.plus(new Vec3(radius * StrictMath.sin(angle), height, radius * StrictMath.cos(angle)))
                .plus(shake);
    }
}

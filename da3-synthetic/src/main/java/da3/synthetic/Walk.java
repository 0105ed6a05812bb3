package da3.synthetic;

import da3.geometry.Pose;
import da3.geometry.check.Check;
import da3.geometry.math.Vec3;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Cameras on a straight line that look along it.
 *
 * @param start center of the first camera
 * @param end center of the last camera
 * @param count number of cameras, evenly spaced; a single one is at the start
 * @param sway standard deviation of the camera center, and of the point at a distance of one meter that the camera
 *     looks at, in meters
 * @param seed seed of the sway
 */
public record Walk(Vec3 start, Vec3 end, int count, double sway, long seed) implements CameraRig {

    public Walk {
        CameraRig.requireCount(count);
        Check.positive("length of a walk", end.minus(start).norm());
    }

    public Walk withCount(int count) {
        return new Walk(start, end, count, sway, seed);
    }

    public Walk withSway(double sway, long seed) {
        return new Walk(start, end, count, sway, seed);
    }

    @Override
    public List<Pose> poses() {
        Random random = new Random(seed);
        return Stream.iterate(0, i -> i < count, i -> i + 1)
                .map(i -> pose(i, random))
                .toList();
    }

    private Pose pose(int i, Random random) {
        Vec3 path = end.minus(start);
        Vec3 eye = start.plus(path.times(count == 1 ? 0 : i / (count - 1.0))).plus(draw(random));
        return CameraRig.lookAt(eye, eye.plus(Vectors.unit(path)).plus(draw(random)));
    }

    private Vec3 draw(Random random) {
        return new Vec3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()).times(sway);
    }
}

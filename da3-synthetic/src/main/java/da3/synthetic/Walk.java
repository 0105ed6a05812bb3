package da3.synthetic;

import da3.geometry.Pose;
import da3.geometry.math.Vec3;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Cameras on a straight way that look along it.
 *
 * @param start place of the first camera
 * @param end place of the last camera
 * @param count number of cameras, evenly spread; a single one stands at the start
 * @param sway standard deviation of the place across the way and of the point looked at, in meters at one meter
 * @param seed of the sway
 */
public record Walk(Vec3 start, Vec3 end, int count, double sway, long seed) implements CameraRig {

    public Walk {
        CameraRig.requireCount(count);
        Vectors.requirePositive("length of a walk", end.minus(start).norm());
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
        Vec3 way = end.minus(start);
        Vec3 eye = start.plus(way.times(count == 1 ? 0 : i / (count - 1.0))).plus(draw(random));
        return CameraRig.lookAt(eye, eye.plus(Vectors.unit(way)).plus(draw(random)));
    }

    private Vec3 draw(Random random) {
        return new Vec3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()).times(sway);
    }
}

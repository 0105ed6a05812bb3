package da3.synthetic.layout;

import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.synthetic.solid.LinearRgb;
import da3.synthetic.solid.Pattern;
import da3.synthetic.solid.Solid;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Random numbers, colors, patterns and rotations from one seed. */
public final class RandomDraws {

    private final SplittableRandom random;

    public RandomDraws(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Returns a number from {@code min} (inclusive) to {@code max} (exclusive). */
    public double uniform(double min, double max) {
        return min + (max - min) * random.nextDouble();
    }

    /** Returns an integer from {@code min} to {@code max}, both inclusive. */
    public int integer(int min, int max) {
        return random.nextInt(min, max + 1);
    }

    /** Returns true with a probability from 0 to 1. */
    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    public long seed() {
        return random.nextLong();
    }

    /** Returns a uniformly distributed unit vector. */
    public Vec3 direction() {
        while (true) {
            Vec3 v = new Vec3(uniform(-1, 1), uniform(-1, 1), uniform(-1, 1));
            double norm = v.norm();
            if (norm > 0.1 && norm <= 1) {
                return v.times(1 / norm);
            }
        }
    }

    /** Returns a rotation about the y axis. */
    static Mat3 yaw(double angle) {
        double c = StrictMath.cos(angle);
        double s = StrictMath.sin(angle);
        return new Mat3(c, 0, s, 0, 1, 0, -s, 0, c);
    }

    Mat3 randomYaw() {
        return yaw(uniform(0, 2 * Math.PI));
    }

    Mat3 randomRotation() {
        Vec3 x = direction();
        Vec3 y = direction();
        Vec3 z = x.cross(y);
        if (z.norm() < 0.1) {
            return Mat3.IDENTITY;
        }
        z = z.times(1 / z.norm());
        return Mat3.ofColumns(x, z.cross(x), z);
    }

    /** Returns a surface color of any hue, from dark to light. */
    LinearRgb tint() {
        double value = 0.03 + 0.87 * random.nextDouble() * random.nextDouble();
        double saturation = chance(0.3) ? uniform(0, 0.15) : uniform(0.2, 0.9);
        double hue = uniform(0, 3);
        double[] rgb = new double[3];
        for (int i = 0; i < 3; i++) {
            double off = Math.abs(hue - i);
            off = Math.min(off, 3 - off);
            rgb[i] = value * (1 - saturation * Math.min(1, off));
        }
        return new LinearRgb(rgb[0], rgb[1], rgb[2]);
    }

    /** Returns nearly white light; channels differ from 1 by at most {@code cast}. */
    LinearRgb light(double cast) {
        return new LinearRgb(1 + uniform(-cast, cast), 1 + 0.3 * uniform(-cast, cast), 1 + uniform(-cast, cast));
    }

    /** Returns a pattern whose size is 2 to 10 units; {@link da3.synthetic.PatternSizes} converts it to meters. */
    Pattern pattern() {
        Pattern.Kind[] kinds = Pattern.Kind.values();
        // Noise is twice as likely, since most real surfaces are not regular.
        int kind = integer(-1, kinds.length - 1);
        return pattern(kinds[Math.max(0, kind)]);
    }

    Pattern pattern(Pattern.Kind kind) {
        double angle = kind == Pattern.Kind.BRICK || chance(0.5) ? 0 : uniform(0, Math.PI);
        return new Pattern(
                kind,
                uniform(2, 10),
                StrictMath.cos(angle),
                StrictMath.sin(angle),
                tint(),
                tint(),
                tint(),
                uniform(0.25, 0.8),
                seed());
    }

    /** Returns one pattern for each of the six faces, or one for all. */
    List<Pattern> patterns(boolean perFace) {
        return perFace ? Stream.generate(this::pattern).limit(6).toList() : List.of(pattern());
    }

    Solid box(Vec3 center, Vec3 size, Mat3 axes) {
        return new Solid(Solid.Kind.BOX, axes, center, size.times(0.5), patterns(chance(0.3)));
    }

    Solid upright(Solid.Kind kind, double x, double bottom, double z, double radius, double height) {
        Vec3 half = new Vec3(radius, height / 2, radius);
        return new Solid(kind, randomYaw(), new Vec3(x, bottom + height / 2, z), half, patterns(false));
    }

    Solid sphere(Vec3 center, double radius) {
        return new Solid(
                Solid.Kind.SPHERE, randomRotation(), center, new Vec3(radius, radius, radius), patterns(false));
    }
}

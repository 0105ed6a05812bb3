package da3.synthetic.solid;

import da3.geometry.check.Check;

/**
 * A pattern of colors on a face, as a function of the position on it. Detail finer than a pixel fades to its mean, and
 * nearer views show finer noise, so a face is neither aliased from afar nor blank from close by.
 *
 * @param kind kind of the pattern
 * @param size size of a feature (square, stripe, dot, brick) in meters
 * @param cos cosine of the rotation angle of the pattern
 * @param sin sine of that angle
 * @param first first color, linear, 0 to 1
 * @param second second color
 * @param third third color
 * @param grain strength of the noise on top of the pattern, 0 to 1
 * @param seed seed of the noise
 */
public record Pattern(
        Kind kind,
        double size,
        double cos,
        double sin,
        LinearRgb first,
        LinearRgb second,
        LinearRgb third,
        double grain,
        long seed) {

    /** Kinds of patterns. */
    public enum Kind {
        NOISE,
        CHECKER,
        STRIPES,
        DOTS,
        TILES,
        BRICK
    }

    /** Number of octaves of noise, from coarse to fine. */
    private static final int OCTAVES = 4;

    public Pattern {
        if (!(size > 0)) {
            throw Check.invalid("feature size of a pattern", "positive", size);
        }
    }

    public Pattern withSize(double size) {
        return new Pattern(kind, size, cos, sin, first, second, third, grain, seed);
    }

    /**
     * Returns this pattern with less contrast.
     *
     * @param share share of the contrast that remains: 0 for a uniform color, the mean of the three, 1 for no change
     */
    public Pattern withContrast(double share) {
        LinearRgb mean = first.mix(second, 0.5).mix(third, 1.0 / 3);
        return new Pattern(
                kind,
                size,
                cos,
                sin,
                mean.mix(first, share),
                mean.mix(second, share),
                mean.mix(third, share),
                share * grain,
                seed);
    }

    /** Returns whether the pattern has no edges, so that one sample per pixel is enough. */
    boolean isSmooth() {
        return kind == Kind.NOISE;
    }

    /**
     * Computes the color at a position.
     *
     * @param footprint size of a pixel there, in meters
     * @param again whether the position is in the same pixel as in the previous call, whose noise is then reused
     * @param weights receives the weights of the three colors, a brightness factor and the noise
     */
    void mix(int face, double u, double v, double footprint, boolean again, double[] weights) {
        double x = (cos * u - sin * v) / size;
        double y = (sin * u + cos * v) / size;
        long h = seed + face * 0x632be59bd9b4e019L;
        double sharp = sharpness(1, footprint / size);
        double noise = again ? weights[4] : octaves(h, x, y, footprint / size);
        double a;
        double c = 0;
        switch (kind) {
            case CHECKER -> a = ((long) Math.floor(x) + (long) Math.floor(y) & 1) == 0 ? 1 : 0;
            case STRIPES -> a = ((long) Math.floor(x) & 1) == 0 ? 1 : 0;
            case DOTS -> {
                long i = (long) Math.floor(x / 2);
                long j = (long) Math.floor(y / 2);
                double dx = x / 2 - i - 0.5;
                double dy = y / 2 - j - 0.5;
                double radius = 0.2 + 0.25 * Lattice.value(h + 1, i, j);
                boolean in = dx * dx + dy * dy < radius * radius;
                c = in ? Lattice.value(h, i, j) : 0;
                a = in ? 0 : 1;
            }
            case TILES -> {
                long i = (long) Math.floor(x);
                long j = (long) Math.floor(y);
                a = Lattice.value(h, i, j);
                c = (1 - a) * Lattice.value(h + 1, i, j);
            }
            case BRICK -> {
                long j = (long) Math.floor(y * 1.5);
                double shifted = x * 0.75 + 0.5 * (j & 1);
                long i = (long) Math.floor(shifted);
                boolean mortar = shifted - i < 0.1 || y * 1.5 - j < 0.18;
                a = mortar ? 0 : 0.55 + 0.45 * Lattice.value(h, i, j);
                c = mortar ? 1 : 0;
            }
            default -> {
                a = smooth(clamp(2.4 * noise - 0.7));
                c = (1 - a) * smooth(clamp(3 * octaves(h + 77, 0.37 * x, 0.37 * y, 0.37 * footprint / size) - 1));
            }
        }
        double fade = kind == Kind.NOISE ? 1 : sharp;
        weights[0] = 0.5 + (a - 0.5) * fade;
        weights[2] = 0.2 + (c - 0.2) * fade;
        weights[1] = Math.max(0, 1 - weights[0] - weights[2]);
        weights[4] = noise;
        weights[3] = 1 + grain * (2 * noise - 1);
    }

    /** Returns noise from 0 to 1 with mean 0.5, without octaves that are finer than a pixel. */
    private static double octaves(long seed, double x, double y, double footprint) {
        double sum = 0.5;
        double scale = 0.3;
        double height = 0.5;
        for (int i = 0; i < OCTAVES; i++) {
            double sharp = sharpness(1 / scale, footprint);
            if (sharp == 0) {
                break;
            }
            sum += sharp * height * (Lattice.smooth(seed + i, scale * x, scale * y) - 0.5);
            scale *= 2.3;
            height *= 0.75;
        }
        return clamp(sum);
    }

    /** Returns the contrast of features: 1 if they are at least two pixels large, 0 if at most one. */
    private static double sharpness(double feature, double footprint) {
        return clamp(feature / footprint - 1);
    }

    private static double clamp(double x) {
        return x < 0 ? 0 : x > 1 ? 1 : x;
    }

    private static double smooth(double x) {
        return x * x * (3 - 2 * x);
    }
}

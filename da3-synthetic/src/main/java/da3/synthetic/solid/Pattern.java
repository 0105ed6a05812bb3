package da3.synthetic.solid;

/**
 * What is painted on a face, a function of the place on it. Detail that is finer than what a pixel covers fades into its
 * mean, and what comes near shows finer grain, so that a face is neither noise from afar nor blank from close by.
 *
 * @param size of a feature (square, stripe, dot, brick) in meters
 * @param cos of the angle by which it is turned
 * @param sin of the angle by which it is turned
 * @param first color, linear red, green and blue, 0 to 1
 * @param second color
 * @param third color
 * @param grain how strong the noise over it is, 0 to 1
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

    /** What repeats, and what does not. */
    public enum Kind {
        NOISE,
        CHECKER,
        STRIPES,
        DOTS,
        TILES,
        BRICK
    }

    /** Octaves of noise that can be seen at once, from coarse to fine. */
    private static final int OCTAVES = 4;

    public Pattern {
        if (!(size > 0)) {
            throw new IllegalArgumentException("size of a pattern's features must be above 0, got " + size);
        }
    }

    public Pattern withSize(double size) {
        return new Pattern(kind, size, cos, sin, first, second, third, grain, seed);
    }

    /** Whether there are no edges, so that one sample is enough for a pixel. */
    boolean isSmooth() {
        return kind == Kind.NOISE;
    }

    /**
     * Mixes the color of a place.
     *
     * @param footprint meters that a pixel covers there
     * @param again whether the place is in the pixel of the call before, whose noise is near enough
     * @param weights where the shares of the three colors, a brightness factor and the noise are written
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

    /** 0 to 1, mean 0.5: from twice to a quarter of the feature's size, without what a pixel cannot show. */
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

    /** 1 for features of at least two pixels, 0 for those of one. */
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

package da3.synthetic;

import da3.geometry.math.Vec3;

/** Smooth random numbers over space: values on the integer lattice, blended between its points. */
final class ValueNoise {

    /** Turns of the lattice between octaves would be nicer still; an offset keeps their creases apart. */
    private static final double OCTAVE_OFFSET = 17.31;

    private ValueNoise() {}

    /** 0 to 1, of a lattice point. */
    static double lattice(long seed, long x, long y, long z) {
        long h = seed * 0x9e3779b97f4a7c15L
                + x * 0xbf58476d1ce4e5b9L
                + y * 0x94d049bb133111ebL
                + z * 0xd6e8feb86659fd93L;
        h = (h ^ h >>> 30) * 0xbf58476d1ce4e5b9L;
        h = (h ^ h >>> 27) * 0x94d049bb133111ebL;
        return ((h ^ h >>> 31) >>> 11) * 0x1p-53;
    }

    /** 0 to 1, with features about 1 wide. */
    static double at(long seed, Vec3 p) {
        long x = (long) Math.floor(p.x());
        long y = (long) Math.floor(p.y());
        long z = (long) Math.floor(p.z());
        double u = smooth(p.x() - x);
        double v = smooth(p.y() - y);
        double w = smooth(p.z() - z);
        double front = blend(edge(seed, x, y, z, u), edge(seed, x, y + 1, z, u), v);
        // Flat surfaces stay on the lattice's first sheet, and half of the work can be saved.
        return w == 0 ? front : blend(front, blend(edge(seed, x, y, z + 1, u), edge(seed, x, y + 1, z + 1, u), v), w);
    }

    /** 0 to 1: octaves of twice the frequency and half the height each, added up. */
    static double octaves(long seed, Vec3 p, int count) {
        double sum = 0;
        double total = 0;
        double height = 1;
        Vec3 q = p;
        for (int i = 0; i < count; i++) {
            sum += height * at(seed + i, q);
            total += height;
            height /= 2;
            q = new Vec3(2 * q.x() + OCTAVE_OFFSET, 2 * q.y() + OCTAVE_OFFSET, 2 * q.z());
        }
        return sum / total;
    }

    private static double edge(long seed, long x, long y, long z, double u) {
        return blend(lattice(seed, x, y, z), lattice(seed, x + 1, y, z), u);
    }

    private static double smooth(double t) {
        return t * t * t * (t * (6 * t - 15) + 10);
    }

    private static double blend(double a, double b, double t) {
        return a + (b - a) * t;
    }
}

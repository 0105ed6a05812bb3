package da3.synthetic;

import da3.geometry.math.Vec3;

/** Value noise in three dimensions: random values at integer lattice points, interpolated smoothly. */
final class ValueNoise {

    /** Offset between octaves, so that their lattices do not coincide. */
    private static final double OCTAVE_OFFSET = 17.31;

    private ValueNoise() {}

    /** Returns the value of a lattice point, 0 to 1. */
    static double lattice(long seed, long x, long y, long z) {
        long h = seed * 0x9e3779b97f4a7c15L
                + x * 0xbf58476d1ce4e5b9L
                + y * 0x94d049bb133111ebL
                + z * 0xd6e8feb86659fd93L;
        h = (h ^ h >>> 30) * 0xbf58476d1ce4e5b9L;
        h = (h ^ h >>> 27) * 0x94d049bb133111ebL;
        return ((h ^ h >>> 31) >>> 11) * 0x1p-53;
    }

    /** Returns noise from 0 to 1 with features of size 1. */
    static double at(long seed, Vec3 p) {
        long x = (long) Math.floor(p.x());
        long y = (long) Math.floor(p.y());
        long z = (long) Math.floor(p.z());
        double u = smooth(p.x() - x);
        double v = smooth(p.y() - y);
        double w = smooth(p.z() - z);
        double front = blend(edge(seed, x, y, z, u), edge(seed, x, y + 1, z, u), v);
        // Points with an integer z, such as those of flat surfaces, need only one layer of the lattice.
        return w == 0 ? front : blend(front, blend(edge(seed, x, y, z + 1, u), edge(seed, x, y + 1, z + 1, u), v), w);
    }

    /**
     * Returns a weighted mean of octaves, 0 to 1; each has twice the frequency and half the amplitude of the previous
     * one.
     */
    static double octaves(long seed, Vec3 p, int count) {
        double sum = 0;
        double total = 0;
        double amplitude = 1;
        Vec3 q = p;
        for (int i = 0; i < count; i++) {
            sum += amplitude * at(seed + i, q);
            total += amplitude;
            amplitude /= 2;
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

package da3.synthetic.solid;

/** Value noise in two dimensions. */
final class Lattice {

    private Lattice() {}

    /** Returns the value of a lattice point, 0 to 1. */
    static double value(long seed, long x, long y) {
        long h = seed * 0x9e3779b97f4a7c15L + x * 0xbf58476d1ce4e5b9L + y * 0x94d049bb133111ebL;
        h = (h ^ h >>> 31) * 0xd6e8feb86659fd93L;
        return ((h ^ h >>> 32) >>> 11) * 0x1p-53;
    }

    /** Returns values interpolated smoothly between lattice points, 0 to 1. */
    static double smooth(long seed, double x, double y) {
        long i = (long) Math.floor(x);
        long j = (long) Math.floor(y);
        double u = x - i;
        double v = y - j;
        u = u * u * (3 - 2 * u);
        v = v * v * (3 - 2 * v);
        double a = value(seed, i, j);
        double b = value(seed, i, j + 1);
        a += (value(seed, i + 1, j) - a) * u;
        b += (value(seed, i + 1, j + 1) - b) * u;
        return a + (b - a) * v;
    }
}

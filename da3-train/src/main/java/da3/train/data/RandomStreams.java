package da3.train.data;

import java.util.SplittableRandom;

/**
 * Random streams that are determined by their use. The stream of a purpose depends only on the seed of the run, the
 * step and the slot, so a resumed run draws the same numbers without a stored random state.
 */
public final class RandomStreams {

    /** Purposes of streams. Each has its own stream, so an additional draw for one purpose never changes another. */
    public enum Purpose {
        ORDER,
        SHAPE,
        VIEWS,
        GEOMETRY,
        COLOR,
        POSES,
        WEIGHTS,
        ANCHORS
    }

    private static final long ODD = 0x9E3779B97F4A7C15L; // fraction of the golden ratio, as in SplitMix64

    private RandomStreams() {}

    /** Returns the stream of one purpose. */
    public static SplittableRandom of(Purpose purpose, long seed, long step, long slot) {
        long state = mix(seed + ODD * (purpose.ordinal() + 1));
        state = mix(state + ODD * step);
        return new SplittableRandom(mix(state ^ slot * ODD + 1));
    }

    /** Returns the numbers 0 to {@code count} less 1 in random order. */
    static int[] order(SplittableRandom random, int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** Returns a standard normal draw by the Box-Muller transform. */
    public static double normal(SplittableRandom random) {
        double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
        return radius * Math.cos(2 * Math.PI * random.nextDouble());
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long x) {
        long z = x;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}

package da3.geometry.splat;

import da3.geometry.check.Check;

/**
 * Rendering options for Gaussians.
 *
 * @param near Gaussians whose center is closer along the axis of the camera are omitted; positive, in the unit of the
 *     cloud
 * @param background color behind everything
 * @param threads number of threads, which does not change the result; 0 for one per processor
 * @param maxPairs maximum number of pairs of a tile and a Gaussian that are listed at once, four bytes each, which does
 *     not change the result; a single tile may exceed it
 */
public record SplatOptions(double near, Background background, int threads, int maxPairs) {

    /** A background color; each channel is 0 to 1. */
    public record Background(float red, float green, float blue) {

        public static final Background BLACK = new Background(0, 0, 0);

        public Background {
            if (!isFraction(red) || !isFraction(green) || !isFraction(blue)) {
                throw Check.invalid("background", "from 0 to 1 in each channel", red + ", " + green + ", " + blue);
            }
        }

        private static boolean isFraction(float v) {
            return v >= 0 && v <= 1;
        }
    }

    public SplatOptions {
        Check.positive("near plane", near);
        Check.atLeast("threads", 0, threads);
        Check.positive("maxPairs", maxPairs);
    }

    /** Returns the defaults: near plane 0.01, black background, one thread per processor, 64 MiB of pairs. */
    public static SplatOptions defaults() {
        return new SplatOptions(0.01, Background.BLACK, 0, 1 << 24);
    }

    public SplatOptions withNear(double near) {
        return new SplatOptions(near, background, threads, maxPairs);
    }

    public SplatOptions withBackground(Background background) {
        return new SplatOptions(near, background, threads, maxPairs);
    }

    public SplatOptions withThreads(int threads) {
        return new SplatOptions(near, background, threads, maxPairs);
    }

    public SplatOptions withMaxPairs(int maxPairs) {
        return new SplatOptions(near, background, threads, maxPairs);
    }
}

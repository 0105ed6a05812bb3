package da3.geometry.splat;

/**
 * How Gaussians are rendered.
 *
 * @param near Gaussians whose center is closer along the camera's axis are left out; above 0, in the cloud's unit
 * @param background red, green, blue behind everything, 0 to 1
 * @param threads to compute with, which changes no byte; 0 for as many as there are processors
 * @param maxPairs how many pairs of a tile and a Gaussian are listed at once, four bytes each, which changes no byte;
 *     only a single tile may exceed it
 */
public record SplatOptions(double near, Background background, int threads, int maxPairs) {

    /** A color, 0 to 1 each. */
    public record Background(float red, float green, float blue) {

        public static final Background BLACK = new Background(0, 0, 0);

        public Background {
            if (!isShare(red) || !isShare(green) || !isShare(blue)) {
                throw new IllegalArgumentException(
                        "background is " + red + ", " + green + ", " + blue + "; legal: 0 to 1 each");
            }
        }

        private static boolean isShare(float v) {
            return v >= 0 && v <= 1;
        }
    }

    public SplatOptions {
        if (!(near > 0 && Double.isFinite(near))) {
            throw new IllegalArgumentException("near plane is " + near + "; legal: above 0 and finite");
        }
        if (threads < 0) {
            throw new IllegalArgumentException("threads is " + threads + "; legal: 0 (all processors) or more");
        }
        if (maxPairs < 1) {
            throw new IllegalArgumentException("maxPairs is " + maxPairs + "; legal: at least 1");
        }
    }

    /** Near plane 0.01, black, all processors, 64 MiB of pairs. */
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

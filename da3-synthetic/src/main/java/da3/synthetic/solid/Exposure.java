package da3.synthetic.solid;

/** How a camera turns light into bytes: a gain, a shoulder instead of clipping, and a gamma. */
public final class Exposure {

    private static final int STEPS = 4096;
    /** Brightest light that is told apart, after the gain. */
    private static final double BRIGHTEST = 16;

    private final double gain;
    private final byte[] table = new byte[STEPS];

    /**
     * Prepares a camera.
     *
     * @param gain by which light is multiplied
     * @param gamma of the display: 2.2 is usual, more is brighter in the shadows
     */
    public Exposure(double gain, double gamma) {
        if (!(gain > 0 && gamma > 0)) {
            throw new IllegalArgumentException("gain and gamma must be above 0, got " + gain + " and " + gamma);
        }
        this.gain = gain / BRIGHTEST;
        for (int i = 0; i < STEPS; i++) {
            double root = (i + 0.5) / STEPS;
            double light = BRIGHTEST * root * root;
            double shown = light * (1 + light / 9) / (1 + light); // Reinhard, white at 3
            table[i] = (byte) Math.min(255, Math.round(255 * StrictMath.pow(Math.min(1, shown), 1 / gamma)));
        }
    }

    byte encode(double light) {
        return table[(int) (Math.sqrt(Math.min(0.999999, gain * light)) * STEPS)];
    }
}

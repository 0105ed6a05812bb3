package da3.synthetic.solid;

import da3.geometry.check.Check;

/** The conversion of light to bytes: a gain, compression of bright light instead of clipping, and a gamma. */
public final class Exposure {

    private static final int STEPS = 4096;
    /** Maximum light after the gain; brighter light is clipped. */
    private static final double MAX_LIGHT = 16;

    private final double gain;
    private final byte[] table = new byte[STEPS];

    /**
     * Creates an exposure.
     *
     * @param gain factor on light, positive
     * @param gamma gamma of the display, positive; usually 2.2; larger values brighten shadows
     */
    public Exposure(double gain, double gamma) {
        Check.positive("gain", gain);
        Check.positive("gamma", gamma);
        this.gain = gain / MAX_LIGHT;
        for (int i = 0; i < STEPS; i++) {
            double root = (i + 0.5) / STEPS;
            double light = MAX_LIGHT * root * root;
            double shown = light * (1 + light / 9) / (1 + light); // Reinhard, white at 3
            table[i] = (byte) Math.min(255, Math.round(255 * StrictMath.pow(Math.min(1, shown), 1 / gamma)));
        }
    }

    byte encode(double light) {
        return table[(int) (Math.sqrt(Math.min(0.999999, gain * light)) * STEPS)];
    }
}

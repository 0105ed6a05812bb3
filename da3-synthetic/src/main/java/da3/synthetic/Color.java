package da3.synthetic;

/** A linear color, 0 or more in each channel; 1 is white paper in full light. */
public record Color(double red, double green, double blue) {

    public static final Color BLACK = new Color(0, 0, 0);

    /** Returns the color of an sRGB value such as {@code 0xff8800}. */
    public static Color srgb(int hex) {
        return new Color(decoded(hex >> 16 & 0xff), decoded(hex >> 8 & 0xff), decoded(hex & 0xff));
    }

    public Color plus(Color o) {
        return new Color(red + o.red, green + o.green, blue + o.blue);
    }

    public Color times(double s) {
        return new Color(red * s, green * s, blue * s);
    }

    /** Returns the light that a surface of this color reflects. */
    public Color times(Color light) {
        return new Color(red * light.red, green * light.green, blue * light.blue);
    }

    /** Interpolates between this color (fraction 0) and another one (fraction 1). */
    public Color mixed(Color other, double fraction) {
        return times(1 - fraction).plus(other.times(fraction));
    }

    /**
     * Returns the tone-mapped color, linear, 0 to 1; bright light is compressed instead of clipped.
     *
     * <p>Source: Krzysztof Narkowicz, "ACES Filmic Tone Mapping Curve", 2015.
     */
    Color toneMapped() {
        return new Color(toneCurve(red), toneCurve(green), toneCurve(blue));
    }

    private static double toneCurve(double x) {
        return Math.max(0, Math.min(1, x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14)));
    }

    /** Writes the sRGB bytes of a color from 0 to 1 to {@code rgb}, from {@code offset} on. */
    void encode(byte[] rgb, int offset) {
        rgb[offset] = encoded(red);
        rgb[offset + 1] = encoded(green);
        rgb[offset + 2] = encoded(blue);
    }

    private static double decoded(int channel) {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : StrictMath.pow((c + 0.055) / 1.055, 2.4);
    }

    private static byte encoded(double c) {
        double encoded = c <= 0.0031308 ? 12.92 * c : 1.055 * StrictMath.pow(c, 1 / 2.4) - 0.055;
        return (byte) Math.max(0, Math.min(255, Math.round(255 * encoded)));
    }
}

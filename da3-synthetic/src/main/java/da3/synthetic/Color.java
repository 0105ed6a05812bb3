package da3.synthetic;

/** An amount of red, green and blue light, linear, from 0; 1 is white paper in full light. */
public record Color(double red, double green, double blue) {

    public static final Color BLACK = new Color(0, 0, 0);

    /** From an sRGB color such as {@code 0xff8800}. */
    public static Color srgb(int hex) {
        return new Color(decoded(hex >> 16 & 0xff), decoded(hex >> 8 & 0xff), decoded(hex & 0xff));
    }

    public Color plus(Color o) {
        return new Color(red + o.red, green + o.green, blue + o.blue);
    }

    public Color times(double s) {
        return new Color(red * s, green * s, blue * s);
    }

    /** What a surface of this color gives back of a light. */
    public Color times(Color light) {
        return new Color(red * light.red, green * light.green, blue * light.blue);
    }

    /** This color at 0, the other at 1. */
    public Color mixed(Color other, double fraction) {
        return times(1 - fraction).plus(other.times(fraction));
    }

    /**
     * As a camera shows it: bright light rolls off instead of clipping. Still linear, 0 to 1.
     *
     * <p>Source: Krzysztof Narkowicz, "ACES Filmic Tone Mapping Curve", 2015.
     */
    Color exposed() {
        return new Color(film(red), film(green), film(blue));
    }

    private static double film(double x) {
        return Math.max(0, Math.min(1, x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14)));
    }

    /** The sRGB bytes of channels from 0 to 1, at {@code rgb[offset]} and the two after it. */
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

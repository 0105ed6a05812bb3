package da3.io;

/** A table of colors for numbers from 0 to 1. Looked up as Matplotlib does: no blending between neighbors. */
public final class ColorMap {

    private static final int SPECTRAL_COLORS = 256;

    /**
     * Red over yellow to blue: the eleven-class Spectral scheme of ColorBrewer (Cynthia Brewer, Mark Harrower and the
     * Pennsylvania State University), blended linearly to 256 colors.
     */
    public static final ColorMap SPECTRAL = ofAnchors(SPECTRAL_COLORS, new int[][] {
        {158, 1, 66},
        {213, 62, 79},
        {244, 109, 67},
        {253, 174, 97},
        {254, 224, 139},
        {255, 255, 191},
        {230, 245, 152},
        {171, 221, 164},
        {102, 194, 165},
        {50, 136, 189},
        {94, 79, 162},
    });

    private final double[] table; // (colors, 3)

    private ColorMap(double[] table) {
        this.table = table;
    }

    /**
     * From a table of its own.
     *
     * @param rgb row-major (colors, 3), channels 0 to 1
     */
    public static ColorMap ofTable(double[] rgb) {
        if (rgb.length == 0 || rgb.length % 3 != 0) {
            throw new IllegalArgumentException(
                    "color table has " + rgb.length + " numbers; legal: a multiple of 3 above 0");
        }
        for (double channel : rgb) {
            if (!(channel >= 0 && channel <= 1)) {
                throw new IllegalArgumentException("color table has a channel " + channel + "; legal: 0 to 1");
            }
        }
        return new ColorMap(rgb.clone());
    }

    private static ColorMap ofAnchors(int colors, int[][] anchors) {
        double[] table = new double[3 * colors];
        double spacing = (colors - 1.0) / (anchors.length - 1);
        for (int i = 0; i < colors; i++) {
            // On an anchor the blend is wholly the upper one, as in Matplotlib: bytes are truncated, so that even the
            // last bit of a channel shows.
            int upper = Math.max(1, (int) Math.ceil(i / spacing));
            double fraction = (i - (upper - 1) * spacing) / spacing;
            for (int c = 0; c < 3; c++) {
                double from = anchors[upper - 1][c] / 255.0;
                double to = anchors[upper][c] / 255.0;
                table[3 * i + c] = fraction * (to - from) + from;
            }
        }
        return new ColorMap(table);
    }

    /** Number of colors. */
    public int size() {
        return table.length / 3;
    }

    /** The color of a number; what lies outside 0 to 1 takes the nearest end's. */
    public int index(float value) {
        return Math.max(0, Math.min(size() - 1, (int) (value * size())));
    }

    /** Channel 0 to 2 (red, green, blue) of a color, 0 to 1. */
    public double channel(int index, int c) {
        return table[3 * index + c];
    }
}

package da3.io;

import da3.geometry.check.Check;

/** A table of colors for values from 0 to 1, looked up without interpolation as in Matplotlib. */
public final class ColorMap {

    private static final int SPECTRAL_COLORS = 256;

    /**
     * Red through yellow to blue: the eleven-class Spectral scheme of ColorBrewer (Cynthia Brewer, Mark Harrower and
     * the Pennsylvania State University), linearly interpolated to 256 colors.
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
     * Returns a color map with the given colors.
     *
     * @param rgb row-major (colors, 3), channels from 0 to 1
     * @throws IllegalArgumentException if the table is empty, not a multiple of 3 long, or has a channel outside 0 to 1
     */
    public static ColorMap ofTable(double[] rgb) {
        if (rgb.length == 0 || rgb.length % 3 != 0) {
            throw Check.invalid("length of the color table", "a positive multiple of 3", rgb.length);
        }
        for (double channel : rgb) {
            Check.inRange("color channel", 0.0, 1.0, channel);
        }
        return new ColorMap(rgb.clone());
    }

    private static ColorMap ofAnchors(int colors, int[][] anchors) {
        double[] table = new double[3 * colors];
        double spacing = (colors - 1.0) / (anchors.length - 1);
        for (int i = 0; i < colors; i++) {
            // At an anchor the upper color has weight 1, as in Matplotlib: channels are truncated to bytes later, where
            // a difference in the last bit would show.
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

    /** Returns the number of colors. */
    public int size() {
        return table.length / 3;
    }

    /** Returns the index of the color for a value; values outside 0 to 1 are clamped. */
    public int index(float value) {
        return Math.max(0, Math.min(size() - 1, (int) (value * size())));
    }

    /** Returns a channel of a color, from 0 to 1; channels 0 to 2 are red, green and blue. */
    public double channel(int index, int c) {
        return table[3 * index + c];
    }
}

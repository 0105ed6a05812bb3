package da3.io;

import da3.geometry.Image;
import da3.geometry.ScalarMap;
import da3.geometry.math.Percentiles;
import java.util.ArrayList;
import java.util.List;

/**
 * Colors depth maps. With {@link ColorMap#SPECTRAL} near surfaces are red. Source: the reference's
 * {@code utils/visualize.py}.
 */
public final class DepthColorizer {

    private static final double CLIPPED_FRACTION = 0.02;
    private static final double CLIPPED_FRACTION_LOGARITHMIC = 0.01;

    /** Percentiles of fewer values are not meaningful. */
    private static final int MIN_VALID_PIXELS = 11;

    private DepthColorizer() {}

    /**
     * The range of inverse depths that the color map covers.
     *
     * @param far the smaller inverse depth
     * @param near the larger inverse depth
     */
    public record Range(float far, float near) {

        /** Returns the 2nd and 98th percentile over the positive depths, or (0, 0) if there are at most 10 of them. */
        public static Range of(ScalarMap depth) {
            float[] inverse = inverse(depth);
            float[] values = depth.values();
            int valid = 0;
            for (float value : values) {
                valid += value > 0 ? 1 : 0;
            }
            if (valid < MIN_VALID_PIXELS) {
                return new Range(0, 0);
            }
            double far = Percentiles.quantile(inverse, i -> values[i] > 0, CLIPPED_FRACTION);
            double near = Percentiles.quantile(inverse, i -> values[i] > 0, 1 - CLIPPED_FRACTION);
            return new Range((float) far, (float) near);
        }
    }

    /** Colors a depth map over its own range of inverse depths. */
    public static Image of(ScalarMap depth, ColorMap colors) {
        return of(depth, colors, Range.of(depth));
    }

    /**
     * Colors a depth map over a given range of inverse depths, so that several images can be compared. Depths of 0 or
     * below get the color of far surfaces; NaN is black.
     */
    public static Image of(ScalarMap depth, ColorMap colors, Range range) {
        double[] channels = channels(depth, colors, range);
        byte[] rgb = new byte[channels.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (channels[i] * 255);
        }
        return new Image(depth.width(), depth.height(), rgb);
    }

    /**
     * Returns the colors of {@link #of(ScalarMap, ColorMap, Range)} before truncation to bytes: (height, width, 3), 0
     * to 1.
     */
    public static double[] channels(ScalarMap depth, ColorMap colors, Range range) {
        float far = range.far;
        float near = range.near;
        if (far == near) {
            far -= 1e-6f;
            near += 1e-6f;
        }
        float[] inverse = inverse(depth);
        double[] channels = new double[3 * inverse.length];
        for (int i = 0; i < inverse.length; i++) {
            if (Float.isNaN(inverse[i])) {
                continue;
            }
            float nearness = Math.max(0, Math.min(1, (inverse[i] - far) / (near - far)));
            int color = colors.index(1 - nearness);
            for (int c = 0; c < 3; c++) {
                channels[3 * i + c] = colors.channel(color, c);
            }
        }
        return channels;
    }

    /**
     * Colors the logarithm of depth, from the 1st percentile of the positive depths to the 99th percentile of all
     * depths, over all maps together. Pixels are black where the logarithm is NaN; all are if all depths are equal.
     *
     * @return the colors of each map, (3, height, width), 0 to 1
     * @throws IllegalArgumentException if there are no maps
     */
    public static List<float[]> logarithmic(List<ScalarMap> depths, ColorMap colors) {
        float[] all = concatenated(depths);
        float far = (float) Math.log(Percentiles.quantile(all, 1 - CLIPPED_FRACTION_LOGARITHMIC));
        float near = logOfNearest(all);
        List<float[]> images = new ArrayList<>();
        for (ScalarMap depth : depths) {
            float[] values = depth.values();
            float[] rgb = new float[3 * values.length];
            for (int i = 0; i < values.length; i++) {
                float farness = ((float) Math.log(values[i]) - near) / (far - near);
                if (Float.isNaN(farness)) {
                    continue;
                }
                int color = colors.index(farness);
                for (int c = 0; c < 3; c++) {
                    rgb[c * values.length + i] = (float) colors.channel(color, c);
                }
            }
            images.add(rgb);
        }
        return images;
    }

    private static float logOfNearest(float[] depths) {
        for (float depth : depths) {
            if (depth > 0) {
                return (float) Math.log(Percentiles.quantile(depths, i -> depths[i] > 0, CLIPPED_FRACTION_LOGARITHMIC));
            }
        }
        return Float.NaN;
    }

    /** Returns 1 / depth where depth is positive, and the depth itself elsewhere. */
    private static float[] inverse(ScalarMap depth) {
        float[] inverse = depth.values().clone();
        for (int i = 0; i < inverse.length; i++) {
            if (inverse[i] > 0) {
                inverse[i] = 1 / inverse[i];
            }
        }
        return inverse;
    }

    private static float[] concatenated(List<ScalarMap> maps) {
        int length = 0;
        for (ScalarMap map : maps) {
            length = Math.addExact(length, map.values().length);
        }
        float[] all = new float[length];
        int at = 0;
        for (ScalarMap map : maps) {
            System.arraycopy(map.values(), 0, all, at, map.values().length);
            at += map.values().length;
        }
        return all;
    }
}

package da3.nn;

import da3.geometry.check.Check;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The strategy for choosing the reference view.
 *
 * <p>Source: reference file model/reference_view_selector.py.
 */
public enum ReferenceViewStrategy {
    FIRST,
    MIDDLE,
    /** The view whose class token is least extreme in similarity to the others, norm and variance. */
    SADDLE_BALANCED,
    /** The view with the widest range of similarities to the others, with 0 for its own. */
    SADDLE_SIM_RANGE;

    /** Returns the name used by the command line, for instance {@code saddle_balanced}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for an unknown name; the message lists the known ones */
    public static ReferenceViewStrategy of(String id) {
        return Arrays.stream(values())
                .filter(s -> s.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Check.invalid(
                        "reference view strategy",
                        "one of "
                                + Arrays.stream(values())
                                        .map(ReferenceViewStrategy::id)
                                        .collect(Collectors.joining(", ")),
                        "'" + id + "'"));
    }

    /** Returns whether {@link #select} reads the tokens. */
    boolean readsTokens() {
        return this == SADDLE_BALANCED || this == SADDLE_SIM_RANGE;
    }

    /**
     * Returns the chosen view.
     *
     * @param classTokens (views, channels), token 0 of every view; not read by {@code FIRST} and {@code MIDDLE}
     */
    public int select(float[] classTokens, int views) {
        if (views <= 1) {
            return 0;
        }
        return switch (this) {
            case FIRST -> 0;
            case MIDDLE -> views / 2;
            case SADDLE_BALANCED -> mostBalanced(new Tokens(classTokens, views));
            case SADDLE_SIM_RANGE -> widestRange(new Tokens(classTokens, views));
        };
    }

    private static int mostBalanced(Tokens tokens) {
        int n = tokens.views;
        double[] similarity = new double[n];
        double[] variance = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                similarity[i] += j == i ? 0 : tokens.similarity(i, j) / (n - 1);
            }
            variance[i] = tokens.variance(i);
        }
        double[] score = new double[n];
        for (double[] metric : new double[][] {similarity, tokens.norm, variance}) {
            double min = Arrays.stream(metric).min().orElseThrow();
            double max = Arrays.stream(metric).max().orElseThrow();
            for (int i = 0; i < n; i++) {
                score[i] += Math.abs((metric[i] - min) / (max - min + 1e-8) - 0.5);
            }
        }
        int best = 0;
        for (int i = 1; i < n; i++) {
            best = score[i] < score[best] ? i : best;
        }
        return best;
    }

    private static int widestRange(Tokens tokens) {
        int best = 0;
        double bestRange = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < tokens.views; i++) {
            double min = 0; // the similarity of a view to itself, minus 1
            double max = 0;
            for (int j = 0; j < tokens.views; j++) {
                if (j != i) {
                    min = Math.min(min, tokens.similarity(i, j));
                    max = Math.max(max, tokens.similarity(i, j));
                }
            }
            if (max - min > bestRange) {
                bestRange = max - min;
                best = i;
            }
        }
        return best;
    }

    /** Class tokens, normalized to unit length. */
    private static final class Tokens {
        final int views;
        final int channels;
        final double[] norm;
        private final float[] values;

        Tokens(float[] values, int views) {
            this.views = views;
            this.channels = values.length / views;
            this.values = values;
            this.norm = new double[views];
            for (int i = 0; i < views; i++) {
                norm[i] = Math.sqrt(dot(i, i));
            }
        }

        double similarity(int i, int j) {
            return dot(i, j) / (norm[i] * norm[j]);
        }

        double variance(int i) {
            double mean = 0;
            for (int c = 0; c < channels; c++) {
                mean += values[i * channels + c] / norm[i] / channels;
            }
            double sum = 0;
            for (int c = 0; c < channels; c++) {
                double d = values[i * channels + c] / norm[i] - mean;
                sum += d * d;
            }
            return sum / (channels - 1);
        }

        private double dot(int i, int j) {
            double sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += (double) values[i * channels + c] * values[j * channels + c];
            }
            return sum;
        }
    }
}

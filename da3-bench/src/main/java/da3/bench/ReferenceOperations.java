package da3.bench;

import da3.nn.RotaryPositions;
import java.util.Arrays;
import org.apache.commons.math3.special.Erf;

/** Reference implementations of operations in double precision, one row of channels at a time. Arrays are row-major. */
final class ReferenceOperations {

    private ReferenceOperations() {}

    /** Splits a flat array into (rows, channels). */
    static double[][] rows(float[] x, int channels) {
        double[][] rows = new double[x.length / channels][channels];
        for (int i = 0; i < x.length; i++) {
            rows[i / channels][i % channels] = x[i];
        }
        return rows;
    }

    static double gelu(double x) {
        return x * Erf.erfc(-x / Math.sqrt(2)) / 2;
    }

    /**
     * Computes a linear layer.
     *
     * @param weight (out, in)
     * @param bias (out), or null
     */
    static double[] linear(double[] x, float[] weight, float[] bias) {
        double[] y = new double[weight.length / x.length];
        for (int o = 0; o < y.length; o++) {
            double sum = bias == null ? 0 : bias[o];
            for (int i = 0; i < x.length; i++) {
                sum += x[i] * weight[o * x.length + i];
            }
            y[o] = sum;
        }
        return y;
    }

    /** Returns residual + gamma * x. */
    static double[] scaledOnto(double[] residual, float[] gamma, double[] x) {
        double[] y = new double[x.length];
        Arrays.setAll(y, i -> residual[i] + gamma[i] * x[i]);
        return y;
    }

    /** Returns silu(first half) * second half. */
    static double[] swiGlu(double[] x) {
        double[] y = new double[x.length / 2];
        Arrays.setAll(y, i -> x[i] / (1 + Math.exp(-x[i])) * x[i + y.length]);
        return y;
    }

    static double[] layerNorm(double[] x, float[] weight, float[] bias, double epsilon) {
        double mean = Arrays.stream(x).average().orElseThrow();
        double variance =
                Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
        double[] y = new double[x.length];
        Arrays.setAll(y, i -> (x[i] - mean) / Math.sqrt(variance + epsilon) * weight[i] + bias[i]);
        return y;
    }

    /** Parameters of the layer norms of queries and keys. */
    record HeadNorms(float[] qWeight, float[] qBias, float[] kWeight, float[] kBias, double epsilon) {}

    /**
     * Returns the attention output of one token over all tokens of its batch entry.
     *
     * @param qkv (tokens, 3 x heads x headDim)
     */
    static double[] attention(double[][] qkv, int heads, HeadNorms norms, RotaryPositions positions, int token) {
        int dim = qkv[0].length / 3;
        int hd = dim / heads;
        double[] out = new double[dim];
        for (int at = 0; at < dim; at += hd) {
            double[] q = head(qkv[token], at, hd, norms.qWeight, norms.qBias, norms.epsilon, positions, token);
            double[] weight = new double[qkv.length];
            double sum = 0;
            for (int s = 0; s < qkv.length; s++) {
                double[] k = head(qkv[s], dim + at, hd, norms.kWeight, norms.kBias, norms.epsilon, positions, s);
                double score = 0;
                for (int c = 0; c < hd; c++) {
                    score += q[c] * k[c];
                }
                weight[s] = Math.exp(score / Math.sqrt(hd));
                sum += weight[s];
            }
            for (int s = 0; s < qkv.length; s++) {
                for (int c = 0; c < hd; c++) {
                    out[at + c] += weight[s] / sum * qkv[s][2 * dim + at + c];
                }
            }
        }
        return out;
    }

    /** Normalizes a query or key and rotates channels i and i + quarter of each half by the angle of channel i. */
    private static double[] head(
            double[] row,
            int at,
            int hd,
            float[] weight,
            float[] bias,
            double eps,
            RotaryPositions positions,
            int token) {
        double[] x = layerNorm(Arrays.copyOfRange(row, at, at + hd), weight, bias, eps);
        int quarter = hd / 4;
        for (int half = 0; half < hd; half += hd / 2) {
            for (int i = half; i < half + quarter; i++) {
                double cos = positions.cos()[token * hd + i];
                double sin = positions.signedSin()[token * hd + i + quarter];
                double a = x[i];
                double b = x[i + quarter];
                x[i] = a * cos - b * sin;
                x[i + quarter] = b * cos + a * sin;
            }
        }
        return x;
    }

    /** Returns one pixel of a 3x3 convolution of relu(x); x (h x w, in), weight (out, in, 3, 3). */
    static double[] convolutionOfRelu(
            double[][] x, int h, int w, float[] weight, float[] bias, int stride, int row, int column) {
        int in = x[0].length;
        double[] y = new double[bias.length];
        for (int o = 0; o < y.length; o++) {
            y[o] = bias[o];
            for (int tap = 0; tap < 9; tap++) {
                int r = row * stride + tap / 3 - 1;
                int c = column * stride + tap % 3 - 1;
                for (int i = 0; i < in && r >= 0 && r < h && c >= 0 && c < w; i++) {
                    y[o] += Math.max(0, x[r * w + c][i]) * weight[(o * in + i) * 9 + tap];
                }
            }
        }
        return y;
    }

    /** Returns one pixel of a transposed convolution of stride k; x (h x w, in), weight (in, out, k, k). */
    static double[] transposed(double[][] x, int w, float[] weight, float[] bias, int k, int row, int column) {
        double[] from = x[row / k * w + column / k];
        double[] y = new double[bias.length];
        for (int o = 0; o < y.length; o++) {
            y[o] = bias[o];
            for (int i = 0; i < from.length; i++) {
                y[o] += from[i] * weight[((i * y.length + o) * k + row % k) * k + column % k];
            }
        }
        return y;
    }

    /** Returns one pixel of x (h x w, channels) after bilinear resizing with aligned corners. */
    static double[] resized(double[][] x, int h, int w, int rows, int columns, int row, int column) {
        double r = rows == 1 ? 0 : (double) row * (h - 1) / (rows - 1);
        double c = columns == 1 ? 0 : (double) column * (w - 1) / (columns - 1);
        double[] y = new double[x[0].length];
        for (int corner = 0; corner < 4; corner++) {
            double[] from = x[Math.min((int) r + corner / 2, h - 1) * w + Math.min((int) c + corner % 2, w - 1)];
            double weight = (corner / 2 == 0 ? 1 - r % 1 : r % 1) * (corner % 2 == 0 ? 1 - c % 1 : c % 1);
            for (int i = 0; i < y.length; i++) {
                y[i] += weight * from[i];
            }
        }
        return y;
    }
}

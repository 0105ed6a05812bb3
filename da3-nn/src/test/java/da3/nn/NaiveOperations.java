package da3.nn;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.special.Erf;

/** The operations of {@link Engine} by their definitions, in double precision. Arrays are row-major. */
final class NaiveOperations {

    private NaiveOperations() {}

    static double gelu(double x) {
        return x * Erf.erfc(-x / Math.sqrt(2)) / 2;
    }

    static double silu(double x) {
        return x / (1 + Math.exp(-x));
    }

    static DoubleUnaryOperator function(Activation activation) {
        return switch (activation) {
            case NONE -> x -> x;
            case RELU -> x -> Math.max(x, 0);
            case GELU -> NaiveOperations::gelu;
            case EXP -> Math::exp;
        };
    }

    static double[] activate(double[] x, Activation activation) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = function(activation).applyAsDouble(x[i]);
        }
        return y;
    }

    /** Returns the same values; null for null. */
    static double[] doubles(float[] x) {
        if (x == null) {
            return null;
        }
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = x[i];
        }
        return y;
    }

    /** x (rows, in), weight (out, in) -> (rows, out). */
    static double[] linear(float[] x, float[] weight, float[] bias, int in, int out) {
        return linear(doubles(x), doubles(weight), doubles(bias), in, out);
    }

    static double[] linear(double[] x, double[] weight, double[] bias, int in, int out) {
        int rows = x.length / in;
        double[] y = new double[rows * out];
        for (int r = 0; r < rows; r++) {
            for (int o = 0; o < out; o++) {
                double sum = bias == null ? 0 : bias[o];
                for (int i = 0; i < in; i++) {
                    sum += x[r * in + i] * weight[o * in + i];
                }
                y[r * out + o] = sum;
            }
        }
        return y;
    }

    /** x (rows, n). */
    static double[] layerNorm(double[] x, float[] weight, float[] bias, double epsilon) {
        return layerNorm(x, doubles(weight), doubles(bias), epsilon);
    }

    static double[] layerNorm(double[] x, double[] weight, double[] bias, double epsilon) {
        int n = weight.length;
        double[] y = new double[x.length];
        for (int r = 0; r < x.length; r += n) {
            double mean = 0;
            double variance = 0;
            for (int i = 0; i < n; i++) {
                mean += x[r + i] / n;
            }
            for (int i = 0; i < n; i++) {
                variance += (x[r + i] - mean) * (x[r + i] - mean) / n;
            }
            for (int i = 0; i < n; i++) {
                y[r + i] = (x[r + i] - mean) / Math.sqrt(variance + epsilon) * weight[i] + bias[i];
            }
        }
        return y;
    }

    /** x (rows, 2 half) -> (rows, half). */
    static double[] swiGlu(float[] x, int half) {
        return swiGlu(doubles(x), half);
    }

    static double[] swiGlu(double[] x, int half) {
        double[] y = new double[x.length / 2];
        for (int i = 0; i < y.length; i++) {
            int at = i / half * 2 * half + i % half;
            y[i] = silu(x[at]) * x[at + half];
        }
        return y;
    }

    /** Rotates channels i and i + quarter of each half by the angle of channel i, in place: x (tokens, headDim). */
    static void rotate(double[] x, RotaryPositions positions) {
        int half = positions.headDim() / 2;
        int quarter = half / 2;
        for (int start = 0; start < x.length; start += half) {
            for (int i = start; i < start + quarter; i++) {
                double cos = positions.cos()[i];
                double sin = positions.signedSin()[i + quarter];
                double a = x[i];
                double b = x[i + quarter];
                x[i] = a * cos - b * sin;
                x[i + quarter] = b * cos + a * sin;
            }
        }
    }

    /** One head: q, k, v (tokens, headDim) -> (tokens, headDim). */
    static double[] attend(double[] q, double[] k, double[] v, int headDim) {
        int tokens = q.length / headDim;
        double[] out = new double[q.length];
        double[] weight = new double[tokens];
        for (int t = 0; t < tokens; t++) {
            double sum = 0;
            for (int s = 0; s < tokens; s++) {
                double score = 0;
                for (int c = 0; c < headDim; c++) {
                    score += q[t * headDim + c] * k[s * headDim + c];
                }
                weight[s] = Math.exp(score / Math.sqrt(headDim));
                sum += weight[s];
            }
            for (int s = 0; s < tokens; s++) {
                for (int c = 0; c < headDim; c++) {
                    out[t * headDim + c] += weight[s] / sum * v[s * headDim + c];
                }
            }
        }
        return out;
    }

    /** x (h, w, in), weight (out, in, 3, 3) -> (ceil(h / stride), ceil(w / stride), out). */
    static double[] convolution(double[] x, int h, int w, float[] weight, float[] bias, int out, int stride) {
        return convolution(x, h, w, doubles(weight), doubles(bias), out, stride);
    }

    static double[] convolution(double[] x, int h, int w, double[] weight, double[] bias, int out, int stride) {
        int in = x.length / (h * w);
        int rows = (h + stride - 1) / stride;
        int columns = (w + stride - 1) / stride;
        double[] y = new double[rows * columns * out];
        for (int i = 0; i < y.length; i++) {
            int o = i % out;
            int left = i / out % columns * stride - 1;
            int top = i / out / columns * stride - 1;
            double sum = bias == null ? 0 : bias[o];
            for (int tap = 0; tap < 9; tap++) {
                int r = top + tap / 3;
                int c = left + tap % 3;
                if (r >= 0 && r < h && c >= 0 && c < w) {
                    for (int j = 0; j < in; j++) {
                        sum += x[(r * w + c) * in + j] * weight[(o * in + j) * 9 + tap];
                    }
                }
            }
            y[i] = sum;
        }
        return y;
    }

    /** x (h, w, in), weight (in, out, k, k) -> (k h, k w, out). */
    static double[] transposedConvolution(float[] x, int h, int w, float[] weight, float[] bias, int k) {
        return transposedConvolution(doubles(x), h, w, doubles(weight), doubles(bias), k);
    }

    static double[] transposedConvolution(double[] x, int h, int w, double[] weight, double[] bias, int k) {
        int in = x.length / (h * w);
        int out = bias.length;
        double[] y = new double[h * w * k * k * out];
        for (int r = 0; r < k * h; r++) {
            for (int c = 0; c < k * w; c++) {
                for (int o = 0; o < out; o++) {
                    double sum = bias[o];
                    for (int i = 0; i < in; i++) {
                        sum += x[(r / k * w + c / k) * in + i] * weight[((i * out + o) * k + r % k) * k + c % k];
                    }
                    y[(r * k * w + c) * out + o] = sum;
                }
            }
        }
        return y;
    }

    /** x (h, w, channels) -> (rows, columns, channels). */
    static double[] resize(double[] x, int h, int w, int rows, int columns) {
        int channels = x.length / (h * w);
        double[] y = new double[rows * columns * channels];
        for (int i = 0; i < y.length; i++) {
            double r = rows == 1 ? 0 : (double) (i / channels / columns) * (h - 1) / (rows - 1);
            double c = columns == 1 ? 0 : (double) (i / channels % columns) * (w - 1) / (columns - 1);
            for (int corner = 0; corner < 4; corner++) {
                int atRow = Math.min((int) r + corner / 2, h - 1);
                int atColumn = Math.min((int) c + corner % 2, w - 1);
                double share = (corner / 2 == 0 ? 1 - r % 1 : r % 1) * (corner % 2 == 0 ? 1 - c % 1 : c % 1);
                y[i] += share * x[(atRow * w + atColumn) * channels + i % channels];
            }
        }
        return y;
    }
}

package da3.train.objective;

/**
 * Similarities of all patches of two images, and the gradient that cross entropies leave in them. Loops run along rows
 * of memory, so that they are vectorized.
 */
final class PatchSimilarity {

    private final UnitTokens tokens;
    private final int patches;
    private final int a; // start of the tokens of image a
    private final int b;
    private final float inverseTemperature;
    private final float[] logits; // (patches of a, patches of b)
    private final float[] gradient; // of the sum of cross entropies with respect to the logits
    private final double[] exponentials; // of the logits of one patch

    PatchSimilarity(UnitTokens tokens, int patches, int imageA, int imageB, double temperature) {
        this.tokens = tokens;
        this.patches = patches;
        this.a = imageA * patches * tokens.channels();
        this.b = imageB * patches * tokens.channels();
        this.inverseTemperature = (float) (1 / temperature);
        this.logits = new float[patches * patches];
        this.gradient = new float[patches * patches];
        this.exponentials = new double[patches];
        float[] transposed = transposed();
        for (int i = 0; i < patches; i++) {
            for (int c = 0; c < tokens.channels(); c++) {
                float value = tokens.values()[a + i * tokens.channels() + c] * inverseTemperature;
                Axpy.add(value, transposed, c * patches, logits, i * patches, patches);
            }
        }
    }

    /** (channels, patches of b). */
    private float[] transposed() {
        int channels = tokens.channels();
        float[] result = new float[channels * patches];
        for (int j = 0; j < patches; j++) {
            for (int c = 0; c < channels; c++) {
                result[c * patches + j] = tokens.values()[b + j * channels + c];
            }
        }
        return result;
    }

    /**
     * Returns the cross entropy of one patch of b for a patch of a, or vice versa, and stores its gradient.
     *
     * @param mostSimilar the {@link #mostSimilar} patch, whose logit is subtracted to keep exponentials finite
     * @param backwards whether the patch is one of b and its target one of a
     */
    double crossEntropy(int patch, int target, int mostSimilar, boolean backwards) {
        int start = backwards ? patch : patch * patches;
        int step = backwards ? patches : 1;
        double most = logits[start + mostSimilar * step];
        double sum = 0;
        for (int j = 0; j < patches; j++) {
            exponentials[j] = Math.exp(logits[start + j * step] - most);
            sum += exponentials[j];
        }
        for (int j = 0; j < patches; j++) {
            gradient[start + j * step] += (float) (exponentials[j] / sum);
        }
        gradient[start + target * step] -= 1;
        return Math.log(sum) + most - logits[start + target * step];
    }

    int mostSimilar(int patch, boolean backwards) {
        int start = backwards ? patch : patch * patches;
        int step = backwards ? patches : 1;
        int best = 0;
        for (int j = 1; j < patches; j++) {
            if (logits[start + j * step] > logits[start + best * step]) {
                best = j;
            }
        }
        return best;
    }

    /** Adds the gradient with respect to the unit tokens of both images. */
    void addGradient(float[] into) {
        int channels = tokens.channels();
        for (int i = 0; i < patches; i++) {
            for (int j = 0; j < patches; j++) {
                float value = gradient[i * patches + j] * inverseTemperature;
                if (value != 0) {
                    Axpy.add(value, tokens.values(), b + j * channels, into, a + i * channels, channels);
                    Axpy.add(value, tokens.values(), a + i * channels, into, b + j * channels, channels);
                }
            }
        }
    }
}

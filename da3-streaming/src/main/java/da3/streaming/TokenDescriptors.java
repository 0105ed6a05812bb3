package da3.streaming;

import java.util.ArrayList;
import java.util.List;

/**
 * Descriptors of frames from tokens of the backbone, by generalized mean pooling with exponent 3 (Radenović, Tolias and
 * Chum, "Fine-tuning CNN Image Retrieval with No Human Annotation", 2019).
 */
final class TokenDescriptors {

    private TokenDescriptors() {}

    /**
     * Returns a descriptor of each view.
     *
     * @param tokens (views, tokens, channels)
     */
    static List<float[]> of(float[] tokens, int views, int channels) {
        int perView = tokens.length / views;
        List<float[]> descriptors = new ArrayList<>();
        for (int v = 0; v < views; v++) {
            double[] sums = new double[channels];
            for (int i = 0; i < perView; i++) {
                double value = tokens[v * perView + i];
                sums[i % channels] += value * value * value;
            }
            float[] descriptor = new float[channels];
            for (int c = 0; c < channels; c++) {
                descriptor[c] = (float) Math.cbrt(sums[c] * channels / perView);
            }
            descriptors.add(descriptor);
        }
        return descriptors;
    }
}

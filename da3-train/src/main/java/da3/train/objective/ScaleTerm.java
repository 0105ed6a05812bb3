package da3.train.objective;

/**
 * The squared logarithm of the mean predicted depth of an image. No other term of the teacher depends on the scale of
 * predicted depth. Without this term, the scale drifts during long runs until depth overflows. Single depths may be 0, since
 * the shift of an alignment leaves them free; if all are, the term is infinite and the step is skipped.
 */
final class ScaleTerm {

    private final double weight;
    private final int images;

    ScaleTerm(double weight, int images) {
        this.weight = weight;
        this.images = images;
    }

    /**
     * Adds the gradient of an image.
     *
     * @param gradient (rows, columns), changed in place
     * @return the contribution of the image, without the weight; 0 if the weight is 0
     */
    double add(ImageDepths depths, double[] gradient) {
        if (weight == 0) {
            return 0;
        }
        double sum = 0;
        int valid = 0;
        for (int i = 0; i < gradient.length; i++) {
            if (depths.mask()[i]) {
                sum += depths.predicted()[i];
                valid++;
            }
        }
        if (valid == 0) {
            return 0;
        }
        double log = Math.log(sum / valid);
        for (int i = 0; i < gradient.length; i++) {
            if (depths.mask()[i]) {
                gradient[i] += weight * 2 * log / (images * sum);
            }
        }
        return log * log / images;
    }
}

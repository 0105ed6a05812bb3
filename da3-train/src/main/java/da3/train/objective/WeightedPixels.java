package da3.train.objective;

/** Pixels of one image with weights, for an alignment of their depths or a weighted error. */
final class WeightedPixels {

    private final ImageDepths image;
    private final int[] pixels;
    private final double[] weights;
    private int size;

    /** @param capacity maximum number of pixels */
    WeightedPixels(ImageDepths image, int capacity) {
        this.image = image;
        this.pixels = new int[capacity];
        this.weights = new double[capacity];
    }

    void add(int pixel, double weight) {
        pixels[size] = pixel;
        weights[size++] = weight;
    }

    int size() {
        return size;
    }

    /** Returns the index in its image of a pixel. */
    int pixel(int i) {
        return pixels[i];
    }

    double weight(int i) {
        return weights[i];
    }

    double predicted(int i) {
        return image.predicted()[pixels[i]];
    }

    double depth(int i) {
        return image.depth()[pixels[i]];
    }

    /**
     * Returns the weighted sum of |scale * predicted + shift - true depth|.
     *
     * @param factor of the gradient
     * @param depthGradient (rows, columns); the gradient with respect to the predicted depth is added to it
     */
    double addErrors(
            RoeAlignment alignment, double factor, AlignmentGradient alignmentGradient, double[] depthGradient) {
        double sum = 0;
        double ofScale = 0;
        double ofShift = 0;
        for (int i = 0; i < size; i++) {
            if (alignment.passesThrough(pixels[i])) {
                continue; // the error is 0, except for rounding that would decide the sign of the gradient
            }
            double predicted = predicted(i);
            double error = alignment.scale() * predicted + alignment.shift() - depth(i);
            sum += weights[i] * Math.abs(error);
            double gradient = factor * weights[i] * AbsoluteValue.derivative(error);
            depthGradient[pixels[i]] += gradient * alignment.scale();
            ofScale += gradient * predicted;
            ofShift += gradient;
        }
        if (alignmentGradient == AlignmentGradient.FLOWING) {
            alignment.addGradient(image.predicted(), ofScale, ofShift, depthGradient);
        }
        return sum;
    }
}

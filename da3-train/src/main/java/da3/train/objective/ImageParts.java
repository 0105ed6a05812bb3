package da3.train.objective;

/** Combines the parts of an objective that images contribute, in a fixed order. */
final class ImageParts {

    private ImageParts() {}

    /** Returns the sums of all columns: (images, terms) -> (terms). */
    static double[] sums(double[][] parts) {
        double[] sums = new double[parts[0].length];
        for (double[] part : parts) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += part[i];
            }
        }
        return sums;
    }

    /** Puts the values of an image where they belong in an array of the values of all images. */
    static void put(double[] ofImage, float[] all, int image) {
        int offset = image * ofImage.length;
        for (int i = 0; i < ofImage.length; i++) {
            all[offset + i] = (float) ofImage[i];
        }
    }
}

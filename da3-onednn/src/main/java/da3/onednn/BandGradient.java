package da3.onednn;

/**
 * Computes the gradient of a 3x3 convolution for its weight in bands of rows, each of which gives a part of the sum.
 */
interface BandGradient {

    /** Returns the number of bands of all views. */
    int bands();

    /** Returns the floats of a part. */
    long floats();

    /**
     * Computes the part of a band.
     *
     * @param to address of the part, whose values are replaced
     */
    void run(int worker, int band, long to);

    /**
     * Writes the gradient in the layout of the checkpoint.
     *
     * @param sum address of the sum of all parts
     */
    void finish(long sum, OneDnnTensor result);
}

package da3.nn;

/** A named weight. The engine owns its only prepared copy, made when it is first used. */
public interface Parameter {

    /** What a parameter is used for, so that an engine can lay it out for that use. */
    enum Role {
        /** Used as it is: norm weights, biases, layer scales, tokens. */
        PLAIN,
        /** (out, in), or a 1x1 convolution (out, in, 1, 1), or a patch embedding (out, in, patch, patch). */
        LINEAR,
        /** (out, in, 3, 3). */
        CONVOLUTION,
        /** (in, out, k, k) with stride k. */
        TRANSPOSED_CONVOLUTION
    }

    String name();

    /** As in the checkpoint. */
    int[] shape();
}

package da3.nn;

/** A named weight tensor. The engine owns its only prepared copy, which it creates on first use. */
public interface Parameter {

    /** The use of a parameter, which determines how an engine stores it. */
    enum Role {
        /** Stored unchanged: norm weights, biases, layer scales, tokens. */
        PLAIN,
        /** (out, in), or a 1x1 convolution (out, in, 1, 1), or a patch embedding (out, in, patch, patch). */
        LINEAR,
        /** (out, in, 3, 3). */
        CONVOLUTION,
        /** (in, out, k, k) with stride k. */
        TRANSPOSED_CONVOLUTION
    }

    String name();

    /** Returns the shape in the checkpoint. */
    int[] shape();
}

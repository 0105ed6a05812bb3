package da3.onednn;

import da3.nn.Precision;

/**
 * What operations work with: threads, primitives and memory.
 *
 * @param tokens precision of the linear maps of tokens
 */
record Machine(Crew crew, Kernels kernels, Memory memory, Precision tokens) {

    /** So many floats for every lane, until the innermost scope closes; {@link #own} finds a lane's part. */
    OneDnnTensor scratch(long floats) {
        int lines = Math.toIntExact((floats + 15) / 16);
        return memory.tensor(crew.lanes(), lines, 16);
    }

    static long own(OneDnnTensor scratch, int lane) {
        return scratch.at((long) lane * scratch.shape[1] * scratch.shape[2]);
    }
}

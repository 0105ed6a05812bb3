package da3.onednn;

import da3.nn.RotaryPositions;

/** The factors of a rotation, in the memory of the innermost scope. */
final class RotaryTables {

    final OneDnnTensor rotateHalf; // (headDim, headDim)
    private final OneDnnTensor cos; // (tokens, headDim)
    private final OneDnnTensor sin; // (tokens, headDim)

    RotaryTables(ExecutionContext context, RotaryPositions positions) {
        int hd = positions.headDim();
        this.cos = context.memory().tensor(positions.tokens(), hd);
        this.sin = context.memory().tensor(positions.tokens(), hd);
        this.rotateHalf = context.memory().tensor(hd, hd);
        NativeAddress.write(positions.cos(), cos.at(0));
        NativeAddress.write(positions.sin(), sin.at(0));
        NativeAddress.write(rotateHalfMatrix(hd), rotateHalf.at(0));
    }

    long cosAt(int token) {
        return cos.at((long) token * cos.shape[1]);
    }

    long sinAt(int token) {
        return sin.at((long) token * sin.shape[1]);
    }

    /**
     * Returns a matrix that swaps the quarters of each half of the channels and negates the one that moves to the
     * front.
     */
    private static float[] rotateHalfMatrix(int n) {
        float[] values = new float[n * n];
        int half = n / 2;
        int quarter = n / 4;
        for (int c = 0; c < n; c++) {
            boolean first = c % half < quarter;
            values[(first ? c + quarter : c - quarter) * n + c] = first ? -1 : 1;
        }
        return values;
    }
}

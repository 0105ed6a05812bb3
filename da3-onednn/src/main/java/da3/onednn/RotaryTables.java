package da3.onednn;

import da3.nn.RotaryPositions;

/** What rotating multiplies by, in the memory of the innermost scope. */
final class RotaryTables {

    final OneDnnTensor turn; // (headDim, headDim)
    private final OneDnnTensor cos; // (tokens, headDim)
    private final OneDnnTensor sin; // (tokens, headDim)

    RotaryTables(ExecutionContext context, RotaryPositions positions) {
        int hd = positions.headDim();
        this.cos = context.memory().tensor(positions.tokens(), hd);
        this.sin = context.memory().tensor(positions.tokens(), hd);
        this.turn = context.memory().tensor(hd, hd);
        NativeAddress.write(positions.cos(), cos.at(0));
        NativeAddress.write(positions.sin(), sin.at(0));
        NativeAddress.write(quarterTurn(hd), turn.at(0));
    }

    long cosAt(int token) {
        return cos.at((long) token * cos.shape[1]);
    }

    long sinAt(int token) {
        return sin.at((long) token * sin.shape[1]);
    }

    /** Within each half of the channels, the second quarter goes negated before the first. */
    private static float[] quarterTurn(int n) {
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

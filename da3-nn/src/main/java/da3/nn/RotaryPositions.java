package da3.nn;

import da3.geometry.check.Check;
import java.util.function.IntUnaryOperator;

/**
 * Tables of the cosines and sines of a 2-D rotary position embedding.
 *
 * <p>The first half of the channels of a head encodes the row, the second half the column. Within a half, channel i is
 * paired with channel i + quarter (rotate-half pairing), at angle position * base^(-2i / half).
 *
 * <p>The tables are computed on first use, since the number of tokens alone determines the memory of a rotation.
 *
 * <p>Source: RoFormer (Su et al., 2021) in two dimensions; reference file model/dinov2/layers/rope.py.
 */
public final class RotaryPositions {

    /** Cosines and signed sines, (tokens, headDim). */
    private record Tables(float[] cos, float[] signedSin) {}

    private final int tokens;
    private final IntUnaryOperator row; // of a token, as is the next field
    private final IntUnaryOperator column;
    private final int headDim;
    private final double base;
    private Tables tables; // null until first used

    private RotaryPositions(int tokens, IntUnaryOperator row, IntUnaryOperator column, int headDim, double base) {
        if (headDim % 4 != 0) {
            throw Check.invalid("head dimension of rotary positions", "a multiple of 4", headDim);
        }
        this.tokens = tokens;
        this.row = row;
        this.column = column;
        this.headDim = headDim;
        this.base = base;
    }

    /** Returns the positions within a view: token 0 is at (0, 0), rows and columns of patches count from 1. */
    public static RotaryPositions withinView(int rows, int columns, int headDim, double base) {
        return new RotaryPositions(
                1 + rows * columns,
                token -> token == 0 ? 0 : (token - 1) / columns + 1,
                token -> token == 0 ? 0 : (token - 1) % columns + 1,
                headDim,
                base);
    }

    /** Returns the positions across views: token 0 of each view is at (0, 0), all patches are at (1, 1). */
    public static RotaryPositions acrossViews(int views, int tokensPerView, int headDim, double base) {
        IntUnaryOperator position = token -> token % tokensPerView == 0 ? 0 : 1;
        return new RotaryPositions(views * tokensPerView, position, position, headDim, base);
    }

    /** Returns the positions of tokens at the given rows and columns. */
    public static RotaryPositions of(int[] row, int[] column, int headDim, double base) {
        int[] rows = row.clone();
        int[] columns = column.clone();
        return new RotaryPositions(rows.length, token -> rows[token], token -> columns[token], headDim, base);
    }

    public int tokens() {
        return tokens;
    }

    public int headDim() {
        return headDim;
    }

    /** Returns the cosines, (tokens, headDim); must not be modified. */
    public float[] cos() {
        return tables().cos;
    }

    /**
     * Returns the sines, (tokens, headDim), those of the first channel of each pair negated; must not be modified. A
     * rotation is x cos + swap(x) signedSin, where swap exchanges the channels of each pair.
     */
    public float[] signedSin() {
        return tables().signedSin;
    }

    private Tables tables() {
        if (tables == null) {
            tables = computeTables();
        }
        return tables;
    }

    private Tables computeTables() {
        int half = headDim / 2;
        int quarter = headDim / 4;
        float[] frequency = new float[quarter];
        for (int i = 0; i < quarter; i++) {
            frequency[i] = (float) (1 / Math.pow(base, 2.0 * i / half));
        }
        float[] cos = new float[tokens * headDim];
        float[] signedSin = new float[tokens * headDim];
        for (int t = 0; t < tokens; t++) {
            int rowOfToken = row.applyAsInt(t);
            int columnOfToken = column.applyAsInt(t);
            for (int c = 0; c < headDim; c++) {
                int position = c < half ? rowOfToken : columnOfToken;
                double angle = position * frequency[c % quarter];
                cos[t * headDim + c] = (float) Math.cos(angle);
                signedSin[t * headDim + c] = (float) (c % half < quarter ? -Math.sin(angle) : Math.sin(angle));
            }
        }
        return new Tables(cos, signedSin);
    }
}

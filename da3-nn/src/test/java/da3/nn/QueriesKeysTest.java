package da3.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries and keys that a block returns are those that its attention uses. */
class QueriesKeysTest {

    private static final int BATCH = 2;
    private static final int TOKENS = 5;
    private static final int HEADS = 3;
    private static final int CHANNELS = 8; // of a head
    private static final int DIM = HEADS * CHANNELS;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theirScoresGiveTheAttentionOfTheBlock(boolean qkNorm) {
        try (EngineUnderTest test = new EngineUnderTest()) {
            ParameterPath path = ParameterPath.root(test.engine, new SeededWeights(5), "attn");
            Attention attention = new Attention(path, DIM, HEADS, qkNorm, 1e-5);
            Linear projection = new Linear(path.child("qkv"), DIM, 3 * DIM);
            QkNorm norm = qkNorm ? QkNorm.load(path, CHANNELS, 1e-5) : null;
            List<float[]> values = test.runAll(() -> {
                Tensor x = test.engine.upload(EngineUnderTest.random(3, BATCH * TOKENS * DIM), BATCH, TOKENS, DIM);
                QueriesKeys found = attention.queriesKeys(x);
                Tensor qkv = projection.forward(x);
                return List.of(found.queries(), found.keys(), qkv, test.engine.attention(qkv, HEADS, norm, null));
            });
            float[] expected = values.get(3);
            for (int row = 0; row < BATCH * TOKENS; row++) {
                for (int c = 0; c < DIM; c++) {
                    double got = attended(values.get(0), values.get(1), values.get(2), row, c);
                    assertThat(got).isCloseTo(expected[row * DIM + c], within(1e-5));
                }
            }
        }
    }

    /** One value of softmax(q k^T / sqrt(channels)) v. */
    private static double attended(float[] queries, float[] keys, float[] qkv, int row, int c) {
        int head = c / CHANNELS;
        int first = row / TOKENS * TOKENS;
        double sum = 0;
        double weighted = 0;
        for (int other = first; other < first + TOKENS; other++) {
            double score = 0;
            for (int i = 0; i < CHANNELS; i++) {
                score += queries[row * DIM + head * CHANNELS + i] * keys[other * DIM + head * CHANNELS + i];
            }
            double e = Math.exp(score / Math.sqrt(CHANNELS));
            sum += e;
            weighted += e * qkv[other * 3 * DIM + 2 * DIM + c];
        }
        return weighted / sum;
    }
}

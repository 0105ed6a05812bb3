package da3.streaming.salad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OptimalTransportTest {

    /** Expected values are those of a program in PyTorch with float64, which iterates potentials as in the paper. */
    @Test
    void agreesWithPyTorch() {
        double[] values = SmallSalad.uniform(21, 3);
        float[] scores = new float[21];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) (3 * values[i]);
        }
        double[] expected = {
            0.199160712, 0.003165620, 0.284638670, //
            0.048137891, 0.422373949, 0.116888541, //
            0.025814672, 0.005058555, 0.015299807, //
            0.093191553, 0.209364460, 0.456898651, //
            0.042918616, 0.181325317, 0.057591669, //
            0.106302824, 0.026280540, 0.006750600, //
            0.477386274, 0.140729918, 0.042547719
        };
        assertThat(OptimalTransport.masses(scores, 3, 0.5)).containsExactly(expected, within(1e-6));
    }

    /** Patches that are equally similar to all clusters give each an equal share, and the dustbin takes the rest. */
    @Test
    void equalScoresGiveEqualShares() {
        double[] masses = OptimalTransport.masses(new float[8], 2, 0);
        assertThat(masses).hasSize(8);
        for (double mass : masses) {
            assertThat(mass).isCloseTo(0.25, within(1e-12));
        }
    }

    @Test
    void patchesOutnumberClusters() {
        assertThatThrownBy(() -> OptimalTransport.masses(new float[9], 3, 0))
                .hasMessage("number of patches must be at least 4, got 3");
    }
}

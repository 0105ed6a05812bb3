package da3.nn.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class UvEmbeddingTest {

    private static final double RATIO = 0.1;

    @Test
    void coordinatesAreCellCenters() {
        assertThat(UvEmbedding.coordinate(0, 4, 1)).isCloseTo(-0.75, within(1e-12));
        assertThat(UvEmbedding.coordinate(1, 4, 1)).isCloseTo(-0.25, within(1e-12));
        assertThat(UvEmbedding.coordinate(3, 4, 1)).isCloseTo(0.75, within(1e-12));
        assertThat(UvEmbedding.coordinate(0, 1, 1)).isZero();
    }

    @Test
    void theImageDiagonalHasLengthTwo() {
        // 3:4, so the corners are at (0.8, 0.6); the center of the first cell is half a cell inward
        UvEmbedding uv = UvEmbedding.of(6, 8, 4, 8.0 / 6, 100, 1);
        assertThat(Math.asin(uv.u()[0])).isCloseTo(-0.8 * 7 / 8, within(1e-6));
        assertThat(Math.asin(uv.v()[0])).isCloseTo(-0.6 * 5 / 6, within(1e-6));
    }

    @Test
    void everyFrequencyHasASineAndACosine() {
        int channels = 16;
        UvEmbedding uv = UvEmbedding.of(5, 7, channels, 7.0 / 5, 100, RATIO);
        assertThat(uv.u()).hasSize(7 * channels / 2);
        assertThat(uv.v()).hasSize(5 * channels / 2);
        double first = UvEmbedding.coordinate(0, 7, 7 / Math.sqrt(74));
        for (int k = 0; k < 4; k++) {
            double angle = first / Math.pow(100, k / 4.0);
            assertThat((double) uv.u()[k]).isCloseTo(RATIO * Math.sin(angle), within(1e-7));
            assertThat((double) uv.u()[4 + k]).isCloseTo(RATIO * Math.cos(angle), within(1e-7));
        }
    }

    @Test
    void oppositePixelsHaveOppositeSines() {
        UvEmbedding uv = UvEmbedding.of(5, 7, 8, 7.0 / 5, 100, RATIO);
        for (int column = 0; column < 7; column++) {
            for (int k = 0; k < 4; k++) {
                float sign = k < 2 ? -1 : 1;
                assertThat(uv.u()[(6 - column) * 4 + k]).isCloseTo(sign * uv.u()[column * 4 + k], within(1e-7f));
            }
        }
    }
}

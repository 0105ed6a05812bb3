package da3.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SymmetricInt8Test {

    @Test
    void theLargestMagnitudeOfARowIs127() {
        SymmetricInt8 quantized = SymmetricInt8.of(new float[] {1, -2, 0.5f, 0, 0, 0}, 2);
        assertThat(quantized.scales()).containsExactly(2f / 127, 1);
        assertThat(quantized.transposed()).containsExactly(64, 0, -127, 0, 32, 0);
    }
}

package da3.weights.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DTypeTest {

    @Test
    void halvesAreConvertedWithoutLoss() {
        for (int half = 0; half < 1 << 16; half++) {
            float value = DType.halfToFloat((short) half);
            if (!Float.isNaN(value)) {
                assertThat(DType.floatToHalf(value)).isEqualTo((short) half);
            }
        }
        assertThat(DType.halfToFloat(DType.floatToHalf(Float.NaN))).isNaN();
    }

    /** Values are rounded to the nearest neighbor, ties to even. */
    @Test
    void halvesAreRoundedToNearestEven() {
        for (int half = 0; half < 0x7bff; half++) {
            float below = DType.halfToFloat((short) half);
            float above = DType.halfToFloat((short) (half + 1));
            float middle = (below + above) / 2;
            assertThat(DType.floatToHalf(middle)).isEqualTo((short) (half + (half & 1)));
            assertThat(DType.floatToHalf(Math.nextDown(middle))).isEqualTo((short) half);
            assertThat(DType.floatToHalf(-Math.nextUp(middle))).isEqualTo((short) (half + 1 | 0x8000));
        }
    }

    @Test
    void bfloatsAreRoundedToNearestEven() {
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            int upper = random.nextInt(0x7f7f);
            int low = random.nextInt(1 << 16);
            float value = Float.intBitsToFloat(upper << 16 | low);
            int expected = low < 0x8000 || low == 0x8000 && (upper & 1) == 0 ? upper : upper + 1;
            assertThat(DType.floatToUpperHalf(value)).isEqualTo((short) expected);
            assertThat(DType.floatToUpperHalf(-value)).isEqualTo((short) (expected | 0x8000));
        }
        float quiet = Float.intBitsToFloat(DType.floatToUpperHalf(Float.intBitsToFloat(0x7f800001)) << 16);
        assertThat(quiet).isNaN();
    }

    @ParameterizedTest
    @CsvSource({"F16, 65519.996, true", "F16, -65520, false", "BF16, 3.3895313e38, true", "BF16, 3.4e38, false"})
    void rejectsValuesOutOfRange(DType type, float value, boolean fits) {
        ByteBuffer into = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer from = FloatBuffer.wrap(new float[] {value});
        if (fits) {
            type.encode(from, into);
            assertThat(type.nextDouble(into.flip())).isFinite();
        } else {
            assertThatThrownBy(() -> type.encode(from, into))
                    .isInstanceOf(ArithmeticException.class)
                    .hasMessageContaining("beyond the range of " + type);
        }
    }

    @ParameterizedTest
    @CsvSource({"F32", "F16", "BF16"})
    void infinitiesAreKept(DType type) {
        ByteBuffer into = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        type.encode(FloatBuffer.wrap(new float[] {Float.NEGATIVE_INFINITY, 1.5f}), into);
        into.flip();
        assertThat(type.nextDouble(into)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(type.nextDouble(into)).isEqualTo(1.5);
        assertThat(into.hasRemaining()).isFalse();
    }
}

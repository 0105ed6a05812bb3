package da3.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferOverflowException;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NativeAddressTest {

    @BeforeAll
    static void load() {
        Library.load();
    }

    @Test
    void viewsAreBounded() {
        try (AlignedBuffer buffer = new AlignedBuffer(100)) {
            FloatBuffer view = NativeAddress.floats(buffer.address + 40, 7);
            assertThat(view.capacity()).isEqualTo(7);
            assertThat(view.remaining()).isEqualTo(7);
            assertThatThrownBy(() -> view.put(new float[8])).isInstanceOf(BufferOverflowException.class);
        }
    }

    @Test
    void readReturnsWrittenValues() {
        try (AlignedBuffer buffer = new AlignedBuffer(100)) {
            assertThat(buffer.address % 64).isZero();
            float[] values = RandomWeights.values(1, 40);
            NativeAddress.write(values, buffer.address + 12);
            assertThat(NativeAddress.read(buffer.address + 12, 40)).isEqualTo(values);
            NativeAddress.copy(buffer.address + 12, buffer.address + 200, 160);
            assertThat(NativeAddress.read(buffer.address + 200, 40)).isEqualTo(values);
        }
    }
}

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
        Library.start();
    }

    @Test
    void aViewEndsWhereItShould() {
        try (AlignedBuffer slab = new AlignedBuffer(100)) {
            FloatBuffer view = NativeAddress.floats(slab.address + 40, 7);
            assertThat(view.capacity()).isEqualTo(7);
            assertThat(view.remaining()).isEqualTo(7);
            assertThatThrownBy(() -> view.put(new float[8])).isInstanceOf(BufferOverflowException.class);
        }
    }

    @Test
    void valuesComeBack() {
        try (AlignedBuffer slab = new AlignedBuffer(100)) {
            assertThat(slab.address % 64).isZero();
            float[] values = RandomWeights.values(1, 40);
            NativeAddress.write(values, slab.address + 12);
            assertThat(NativeAddress.read(slab.address + 12, 40)).isEqualTo(values);
            NativeAddress.copy(slab.address + 12, slab.address + 200, 160);
            assertThat(NativeAddress.read(slab.address + 200, 40)).isEqualTo(values);
        }
    }
}

package da3.nn.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class HostAccessTest {

    @BeforeAll
    static void start() {
        Backend.start(1);
    }

    @Test
    void accessesOnlyTheRequestedValuesBeyondTwoGigabytes() throws Exception {
        long before = ResidentMemory.anonymousBytes();
        FloatMemory memory = new FloatMemory(600_000_100);
        try {
            INDArray far = Nd.view(memory.buffer, 600_000_000, 100);
            float[] values = new float[100];
            values[99] = 7;
            HostAccess.write(far, values);
            assertThat(HostAccess.read(far)).containsExactly(values);
            assertThat(far.addi(1).getFloat(99)).isEqualTo(8);
            assertThat(ResidentMemory.anonymousBytes() - before).isLessThan(100L << 20);
        } finally {
            memory.release();
        }
    }

    @Test
    void aFailedAllocationIsAnErrorAndNotACrash() {
        assertThatThrownBy(() -> new FloatMemory(1L << 50)).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void memoryIsAlignedToACacheLine() {
        FloatMemory memory = new FloatMemory(10);
        assertThat(memory.buffer.pointer().address() % 64).isZero();
        memory.release();
    }
}

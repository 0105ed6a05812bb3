package da3.nn.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.cpu.nativecpu.CpuAffinityManager;

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

    /** An affinity manager that records the transfers of a GPU. */
    private static final class Transfers extends CpuAffinityManager {

        final List<INDArray> toDevice = new ArrayList<>();
        final List<INDArray> toHost = new ArrayList<>();

        @Override
        public void ensureLocation(INDArray array, Location location) {
            (location == Location.HOST ? toHost : toDevice).add(array);
        }
    }

    /** A transfer replaces the whole buffer, also values of other arrays that changed on the other side. */
    @Test
    void onAGpuNoTransferIncludesOtherArrays() throws ReflectiveOperationException {
        FloatMemory memory = new FloatMemory(10);
        Transfers transfers = new Transfers();
        try (var replaced = new Nd4jComponent("affinityManager", transfers)) {
            Nd.view(memory.buffer, 0, 10).assign(7);
            INDArray middle = Nd.view(memory.buffer, 3, 2, 2);
            HostAccess.write(middle, false, array -> array.assign(5));
            assertThat(HostAccess.read(middle, false)).containsExactly(5, 5, 5, 5);
            assertThat(HostAccess.read(Nd.view(memory.buffer, 0, 10), true))
                    .containsExactly(7, 7, 7, 5, 5, 5, 5, 7, 7, 7);
            for (List<INDArray> transferred : List.of(transfers.toDevice, transfers.toHost)) {
                assertThat(transferred).hasSize(1).allMatch(array -> array.data() != middle.data());
            }
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

package da3.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.nn.Engine;
import da3.nn.EngineProvider;
import da3.nn.Precision;
import da3.nn.shape.OperationMemory;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AddressSpaceTest {

    private static final List<String> STATUS = List.of("VmPeak:     9000 kB", "VmSize:     1000 kB");

    @Test
    void remainingAddressSpaceIsReadFromLinuxFiles() {
        String head = "Limit                     Soft Limit           Hard Limit           Units     ";
        String data = "Max data size             5                    unlimited            bytes     ";
        String space = "Max address space         3000000              unlimited            bytes     ";
        assertThat(AddressSpace.available(List.of(head, data, space), STATUS)).hasValue(3_000_000 - 1_024_000);
        assertThat(AddressSpace.available(List.of(space.replace("3000000", "3000   ")), STATUS))
                .hasValue(0);
        assertThat(AddressSpace.available(List.of(head, data, space.replace("3000000  ", "unlimited")), STATUS))
                .isEmpty();
        assertThat(AddressSpace.available(List.of(space), List.of())).isEmpty();
    }

    @Test
    void anEngineThatNeedsMoreAddressSpaceIsNotStarted() {
        EngineProvider large = new EngineProvider() {
            @Override
            public String name() {
                return "large";
            }

            @Override
            public long addressSpaceBytes() {
                return 1_100_000_000;
            }

            @Override
            public OperationMemory memory(int threads, Precision precision) {
                return () -> precision;
            }

            @Override
            public Engine create(int threads, Precision precision) {
                throw new UnsupportedOperationException("started");
            }
        };
        assertThatThrownBy(() -> Engines.create(large, 1, Precision.FLOAT32, OptionalLong.of(610_000_000)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "the large engine needs about 1.1 GB of address space to start, but the limit of the process"
                                + " leaves 610 MB: raise the limit (ulimit -v)");
        assertThatThrownBy(() -> Engines.create(large, 1, Precision.FLOAT32, OptionalLong.of(1_100_000_000)))
                .hasMessage("started");
        assertThatThrownBy(() -> Engines.create(large, 1, Precision.FLOAT32, OptionalLong.empty()))
                .hasMessage("started");
    }
}

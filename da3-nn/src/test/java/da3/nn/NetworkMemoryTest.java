package da3.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkMemoryTest {

    private static final NetworkRequest EVERYTHING = NetworkRequest.of(EnumSet.allOf(Output.class));

    @ParameterizedTest
    @EnumSource(
            value = Preset.class,
            names = {"DA3NESTED_GIANT_LARGE"},
            mode = EnumSource.Mode.EXCLUDE)
    void weightsAreTheDeclaredOnes(Preset preset) {
        NetworkConfig config = preset.config().main();
        Set<Output> outputs = config.head().kind() == DptConfig.Kind.DEPTH_AND_RAYS
                ? EnumSet.allOf(Output.class)
                : EnumSet.of(Output.DEPTH);
        Map<String, int[]> declared = RecordingEngine.declared(new ModelConfig(config, Optional.empty()));
        long parameters = declared.values().stream()
                .mapToLong(shape -> Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact))
                .sum();
        assertThat(NetworkMemory.of(config, NetworkRequest.of(outputs), 1, 14, 14, true)
                        .weights())
                .isEqualTo(4 * parameters);
    }

    @Test
    void unrequestedOutputsAreNotCounted() {
        NetworkConfig giant = SmallNetworks.giant();
        long all = NetworkMemory.of(giant, EVERYTHING, 2, 56, 56, true).weights();
        Map<Output, Long> without = Arrays.stream(Output.values())
                .collect(Collectors.toMap(output -> output, output -> {
                    Set<Output> rest = EnumSet.allOf(Output.class);
                    rest.remove(output);
                    return NetworkMemory.of(giant, NetworkRequest.of(rest), 2, 56, 56, true)
                            .weights();
                }));
        assertThat(without.get(Output.RAYS)).isLessThan(all);
        assertThat(without.get(Output.CAMERA)).isLessThan(all);
        assertThat(without.get(Output.GAUSSIANS)).isLessThan(all);
        assertThat(NetworkMemory.of(giant, EVERYTHING, 2, 56, 56, false).weights())
                .isLessThan(all);
    }
}

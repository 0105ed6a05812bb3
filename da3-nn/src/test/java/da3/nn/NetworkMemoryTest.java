package da3.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import da3.nn.shape.OperationMemory;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkMemoryTest {

    private static final NetworkRequest EVERYTHING = NetworkRequest.of(EnumSet.allOf(Output.class));

    private static final OperationMemory FLOAT32 = () -> Precision.FLOAT32;
    private static final OperationMemory BFLOAT16 = () -> Precision.BFLOAT16;

    /**
     * Given cameras replace the learned camera tokens. {@link PresetTest} compares the declared parameters with the
     * published counts.
     */
    @ParameterizedTest
    @EnumSource(
            value = Preset.class,
            names = {"DA3NESTED_GIANT_LARGE"},
            mode = EnumSource.Mode.EXCLUDE)
    void requestsForEverythingUseAllDeclaredParameters(Preset preset) {
        NetworkConfig config = preset.config().main();
        long declared = DeclaredParameters.of(new ModelConfig(config, Optional.empty())).entrySet().stream()
                .filter(parameter -> !parameter.getKey().endsWith("camera_token"))
                .mapToLong(parameter ->
                        Arrays.stream(parameter.getValue()).asLongStream().reduce(1, Math::multiplyExact))
                .sum();
        assertThat(of(config, EVERYTHING, 1, 14, 14, true, FLOAT32).weights()).isEqualTo(4 * declared);
    }

    @Test
    void unrequestedOutputsAreNotCounted() {
        NetworkConfig giant = SmallNetworks.giant();
        long all = of(giant, EVERYTHING, 2, 56, 56, true, FLOAT32).weights();
        Map<Output, Long> without = Arrays.stream(Output.values())
                .collect(Collectors.toMap(output -> output, output -> {
                    Set<Output> rest = EnumSet.allOf(Output.class);
                    rest.remove(output);
                    return of(giant, NetworkRequest.of(rest), 2, 56, 56, true, FLOAT32)
                            .weights();
                }));
        assertThat(without.get(Output.RAYS)).isLessThan(all);
        assertThat(without.get(Output.CAMERA)).isLessThan(all);
        assertThat(without.get(Output.GAUSSIANS)).isLessThan(all);
        assertThat(of(giant, EVERYTHING, 2, 56, 56, false, FLOAT32).weights()).isLessThan(all);
    }

    @Test
    void unsupportedOutputsAndCamerasAreIgnored() {
        NetworkConfig mono = SmallNetworks.mono();
        assertThat(of(mono, EVERYTHING, 2, 28, 28, true, FLOAT32))
                .isEqualTo(of(mono, NetworkRequest.of(Set.of(Output.DEPTH)), 2, 28, 28, false, FLOAT32));
    }

    @Test
    void memoryGrowsWithViewsPixelsChunksAndFeatures() {
        NetworkConfig giant = SmallNetworks.giant();
        long two = of(giant, EVERYTHING, 2, 56, 56, false, FLOAT32).activations();
        assertThat(of(giant, EVERYTHING, 3, 56, 56, false, FLOAT32).activations())
                .isGreaterThan(two);
        assertThat(of(giant, EVERYTHING, 2, 70, 56, false, FLOAT32).activations())
                .isGreaterThan(two);
        assertThat(of(giant, EVERYTHING.withFeatureLayers(List.of(1)), 2, 56, 56, false, FLOAT32)
                        .activations())
                .isGreaterThan(two);
        NetworkRequest together =
                new NetworkRequest(EVERYTHING.outputs(), ReferenceViewStrategy.SADDLE_BALANCED, List.of(), 2, false);
        assertThat(of(giant, together, 2, 56, 56, false, FLOAT32).activations()).isGreaterThan(two);
    }

    @Test
    void bfloat16NeedsAboutHalfTheMemory() {
        NetworkConfig small = Preset.DA3_SMALL.config().main();
        NetworkMemory full = of(small, EVERYTHING, 4, 252, 252, false, FLOAT32);
        NetworkMemory half = of(small, EVERYTHING, 4, 252, 252, false, BFLOAT16);
        assertThat((double) half.weights() / full.weights()).isBetween(0.5, 0.6);
        assertThat((double) half.activations() / full.activations()).isBetween(0.5, 0.8);
    }

    /** A service estimates every request, so that none may take long; it needs milliseconds. */
    @Test
    void hugeRequestsAreEstimatedQuickly() {
        NetworkConfig giant = Preset.DA3_GIANT.config().main();
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            assertThatCode(() -> of(giant, EVERYTHING, 20_000, 504, 504, true, FLOAT32))
                    .doesNotThrowAnyException();
        });
    }

    private static NetworkMemory of(
            NetworkConfig config,
            NetworkRequest request,
            int views,
            int height,
            int width,
            boolean hasCameras,
            OperationMemory operations) {
        return NetworkMemory.of(config, request, views, height, width, hasCameras, operations);
    }
}

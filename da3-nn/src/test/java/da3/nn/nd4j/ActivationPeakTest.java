package da3.nn.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import da3.nn.ConstantWeights;
import da3.nn.MediumNetworks;
import da3.nn.Network;
import da3.nn.NetworkConfig;
import da3.nn.NetworkInput;
import da3.nn.NetworkMemory;
import da3.nn.NetworkRequest;
import da3.nn.Output;
import da3.nn.Preset;
import da3.nn.Progress;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The shape-only engine predicts the high-water mark of the arena to the byte. */
class ActivationPeakTest {

    @ParameterizedTest
    @CsvSource({
        "1, 56, 70, 'DEPTH,CAMERA'",
        "8, 56, 70, 'DEPTH,CAMERA'",
        "24, 56, 70, 'DEPTH,RAYS'",
        "2, 140, 112, 'DEPTH,RAYS'",
        "1, 140, 112, 'DEPTH,GAUSSIANS'",
        "6, 56, 70, 'DEPTH,GAUSSIANS'",
    })
    void estimatesAnyViewNetworks(int views, int height, int width, String outputs) {
        assertEstimated(MediumNetworks.anyView(true), views, height, width, outputs);
        assertEstimated(MediumNetworks.anyView(false), views, height, width, outputs);
    }

    @ParameterizedTest
    @CsvSource({"1, 56, 70", "8, 56, 70", "1, 140, 112"})
    void estimatesMonocularNetworks(int views, int height, int width) {
        assertEstimated(MediumNetworks.mono(), views, height, width, "DEPTH");
    }

    @ParameterizedTest
    @EnumSource(
            value = Preset.class,
            names = {"DA3_TINY", "DA3_SMALL"})
    void estimatesPresets(Preset preset) {
        assertEstimated(preset.config().main(), 2, 28, 42, "DEPTH,RAYS,CAMERA");
    }

    private static void assertEstimated(NetworkConfig config, int views, int height, int width, String outputs) {
        Set<Output> requested = Set.copyOf(
                Arrays.stream(outputs.split(",")).map(Output::valueOf).toList());
        NetworkRequest request = NetworkRequest.of(requested);
        try (Nd4jEngine engine = new Nd4jEngine(1)) {
            new Network(engine, new ConstantWeights(), "model", config)
                    .forward(
                            new NetworkInput(new float[3 * views * height * width], views, height, width, null),
                            request,
                            Progress.SILENT);
            NetworkMemory estimated =
                    NetworkMemory.of(config, request, views, height, width, false, new Nd4jOperationMemory());
            assertThat(estimated.activations()).isEqualTo(engine.activationPeakBytes());
            assertThat(estimated.weights()).isEqualTo(engine.weightBytes());
        }
    }
}

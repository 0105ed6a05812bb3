package da3.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import da3.nn.ConstantWeights;
import da3.nn.MediumNetworks;
import da3.nn.Network;
import da3.nn.NetworkConfig;
import da3.nn.NetworkInput;
import da3.nn.NetworkMemory;
import da3.nn.NetworkRequest;
import da3.nn.Output;
import da3.nn.Precision;
import da3.nn.Preset;
import da3.nn.Progress;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The shape-only engine predicts the high-water mark of the arena, except for the padding of internal formats. */
class OneDnnOperationMemoryTest {

    private static final double TOLERANCE = 0.03;

    @ParameterizedTest
    @CsvSource({
        "FLOAT32, 1, 56, 70, DEPTH CAMERA",
        "FLOAT32, 24, 56, 70, DEPTH RAYS",
        "FLOAT32, 2, 140, 112, DEPTH RAYS",
        "FLOAT32, 1, 140, 112, DEPTH GAUSSIANS",
        "BFLOAT16, 8, 56, 70, DEPTH CAMERA",
        "BFLOAT16, 2, 140, 112, DEPTH RAYS GAUSSIANS",
        "INT8, 1, 140, 112, DEPTH RAYS CAMERA",
        "INT8, 8, 56, 70, DEPTH CAMERA",
    })
    void estimatesAnyViewNetworks(Precision precision, int views, int height, int width, String outputs) {
        assertEstimated(MediumNetworks.anyView(true), precision, views, height, width, outputs);
        assertEstimated(MediumNetworks.anyView(false), precision, views, height, width, outputs);
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32, 8, 56, 70", "FLOAT32, 1, 140, 112", "BFLOAT16, 2, 112, 140"})
    void estimatesMonocularNetworks(Precision precision, int views, int height, int width) {
        assertEstimated(MediumNetworks.mono(), precision, views, height, width, "DEPTH");
    }

    @ParameterizedTest
    @EnumSource
    void estimatesPresets(Precision precision) {
        assertEstimated(Preset.DA3_TINY.config().main(), precision, 3, 140, 98, "DEPTH RAYS CAMERA");
    }

    private static void assertEstimated(
            NetworkConfig config, Precision precision, int views, int height, int width, String outputs) {
        Set<Output> requested =
                Arrays.stream(outputs.split(" ")).map(Output::valueOf).collect(Collectors.toSet());
        NetworkRequest request = NetworkRequest.of(requested);
        Library.load();
        assumeTrue(Library.supports(precision));
        try (OneDnnEngine engine = new OneDnnEngine(2, precision)) {
            new Network(engine, new ConstantWeights(), "model", config)
                    .forward(
                            new NetworkInput(new float[3 * views * height * width], views, height, width, null),
                            request,
                            Progress.SILENT);
            NetworkMemory estimated = NetworkMemory.of(
                    config, request, views, height, width, false, new OneDnnOperationMemory(2, precision));
            double peak = engine.activationPeakBytes();
            assertThat(estimated.activations() / peak).isCloseTo(1, within(TOLERANCE));
        }
    }
}

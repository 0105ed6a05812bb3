package da3.nn.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.gaussian.GaussianOptions;
import da3.nn.BackboneConfig;
import da3.nn.CameraEncoderConfig;
import da3.nn.DptConfig;
import da3.nn.GaussianConfig;
import da3.nn.Network;
import da3.nn.NetworkConfig;
import da3.nn.NetworkInput;
import da3.nn.NetworkMemory;
import da3.nn.NetworkRequest;
import da3.nn.Output;
import da3.nn.Progress;
import da3.nn.WeightSource;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares estimates with the high-water mark of the arena. */
class ActivationPeakTest {

    private static final List<Integer> CHANNELS = List.of(64, 64, 64, 64);

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
        assertEstimated(anyView(true), views, height, width, outputs);
        assertEstimated(anyView(false), views, height, width, outputs);
    }

    @ParameterizedTest
    @CsvSource({"1, 56, 70", "8, 56, 70", "1, 140, 112"})
    void estimatesMonocularNetworks(int views, int height, int width) {
        assertEstimated(mono(), views, height, width, "DEPTH");
    }

    private static void assertEstimated(NetworkConfig config, int views, int height, int width, String outputs) {
        Set<Output> requested = Set.copyOf(
                Arrays.stream(outputs.split(",")).map(Output::valueOf).toList());
        NetworkRequest request = NetworkRequest.of(requested);
        try (Nd4jEngine engine = new Nd4jEngine(1)) {
            new Network(engine, new Constant(), "model", config)
                    .forward(
                            new NetworkInput(new float[3 * views * height * width], views, height, width, null),
                            request,
                            Progress.SILENT);
            double taken = engine.activationPeakBytes();
            long estimated = NetworkMemory.of(config, request, views, height, width, false)
                    .activations();
            assertThat(estimated / taken).isCloseTo(1, within(0.15));
        }
    }

    private static NetworkConfig anyView(boolean swiGlu) {
        return new NetworkConfig(
                new BackboneConfig(
                        518,
                        14,
                        192,
                        6,
                        3,
                        swiGlu,
                        512,
                        2,
                        2,
                        2,
                        100,
                        true,
                        List.of(2, 3, 4, 5),
                        0.1,
                        1e-6,
                        1e-5,
                        1e-5,
                        3),
                head(DptConfig.Kind.DEPTH_AND_RAYS, 384, 2, true),
                Optional.of(384),
                Optional.of(new CameraEncoderConfig(192, 1, 3, 4, 1e-5)),
                Optional.of(new GaussianConfig(
                        head(DptConfig.Kind.GAUSSIANS, 384, 38, true), GaussianOptions.defaults(2, true, true))));
    }

    private static NetworkConfig mono() {
        return new NetworkConfig(
                new BackboneConfig(
                        518,
                        14,
                        192,
                        6,
                        3,
                        false,
                        768,
                        -1,
                        -1,
                        -1,
                        100,
                        false,
                        List.of(2, 3, 4, 5),
                        0.1,
                        1e-6,
                        1e-5,
                        1e-5,
                        3),
                head(DptConfig.Kind.DEPTH_AND_SKY, 192, 1, false),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static DptConfig head(DptConfig.Kind kind, int in, int out, boolean positions) {
        return new DptConfig(kind, in, 14, out, 64, CHANNELS, positions, positions, 0.1, 100, 1e-5, 4, 5);
    }

    /** Weights with a constant value, since values do not matter here. */
    private static final class Constant implements WeightSource {
        @Override
        public boolean has(String name) {
            return true;
        }

        @Override
        public void require(String name, int... shape) {}

        @Override
        public void read(String name, int[] shape, FloatBuffer into) {
            float[] values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
            Arrays.fill(values, 0.01f);
            into.put(values);
        }

        @Override
        public String description() {
            return "0.01";
        }

        @Override
        public void close() {}
    }
}

package da3.nn;

import static da3.nn.NetworkTest.input;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.nn.shape.ShapeEngine;
import da3.nn.shape.ShapeOnlyWeights;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks reject invalid requests before they compute or read anything. */
class NetworkValidationTest {

    private static final NetworkRequest DEPTH = NetworkRequest.of(Set.of(Output.DEPTH));

    @Test
    void namesMissingOutputs() {
        Network mono = network(SmallNetworks.mono());
        for (Output output : EnumSet.complementOf(EnumSet.of(Output.DEPTH))) {
            assertThat(mono.has(output)).isFalse();
            assertThatThrownBy(() -> forward(mono, input(1, 14, 28, false), NetworkRequest.of(Set.of(output))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(output.id());
        }
        assertThatThrownBy(() -> forward(mono, input(2, 14, 28, true), DEPTH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not accept cameras");
        assertThatThrownBy(() -> forward(mono, input(1, 14, 28, false), DEPTH.withFeatureLayers(List.of(4))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("feature layer must be from 0 to 3, got 4");
    }

    @ParameterizedTest
    @CsvSource({"28, 30", "15, 28", "13, 14", "0, 14"})
    void rejectsSidesThatAreNotMultiplesOfThePatchSize(int height, int width) {
        Network network = network(SmallNetworks.anyView());
        NetworkInput input = new NetworkInput(new float[3 * height * width], 1, height, width, null);
        assertThatThrownBy(() -> forward(network, input, DEPTH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(height + "x" + width, "multiples of 14");
    }

    @Test
    void rejectsTheWrongNumberOfValues() {
        assertThatThrownBy(() -> new NetworkInput(new float[10], 1, 14, 28, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("10 values", "14x28");
        assertThatThrownBy(() -> new NetworkInput(new float[3 * 14 * 14], 1, 14, 14, new float[8]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("poseEncodings must be 1 encodings of 9 values, got 8 values");
        assertThatThrownBy(() -> new NetworkRequest(Set.of(), ReferenceViewStrategy.FIRST, List.of(), 0, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("viewsPerChunk must be at least 1, got 0");
    }

    /** Creates a network without values, which fails when any are read. */
    private static Network network(NetworkConfig config) {
        return new Network(new ShapeEngine(() -> Precision.FLOAT32), new ShapeOnlyWeights(), "model", config);
    }

    private static NetworkOutput forward(Network network, NetworkInput input, NetworkRequest request) {
        return network.forward(input, request, Progress.SILENT);
    }
}

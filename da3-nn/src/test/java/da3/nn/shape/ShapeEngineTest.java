package da3.nn.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.nn.Activation;
import da3.nn.Parameter;
import da3.nn.Precision;
import da3.nn.Scope;
import da3.nn.Tensor;
import org.junit.jupiter.api.Test;

class ShapeEngineTest {

    private final ShapeEngine engine = new ShapeEngine(() -> Precision.FLOAT32);
    private final Scope scope = engine.scope();

    @Test
    void peakCountsTheTensorsThatLiveAtTheSameTime() {
        Tensor kept = tensor(2, 16);
        Tensor released = tensor(4, 16);
        scope.release(released);
        assertThat(engine.peakBytes()).isEqualTo(4 * 6 * 16);
        try (Scope inner = engine.scope()) {
            engine.reshape(kept, 32); // shares memory
            tensor(3, 16);
        }
        assertThat(engine.peakBytes()).isEqualTo(4 * 6 * 16);
        tensor(5, 16);
        assertThat(engine.peakBytes()).isEqualTo(4 * 7 * 16);
    }

    @Test
    void temporaryMemoryEndsWithItsOperation() {
        ShapeEngine withScratch = new ShapeEngine(new OperationMemory() {
            @Override
            public Precision precision() {
                return Precision.BFLOAT16;
            }

            @Override
            public void swiGlu(ShapeMemory memory, ShapeTensor x) {
                memory.allocate(x.precision(), x.values() / 2);
            }

            @Override
            public void resize(ShapeMemory memory, ShapeTensor x, ShapeTensor y) {
                memory.growBuffer("rows", x.values());
            }
        });
        try (Scope open = withScratch.scope()) {
            Tensor x = withScratch.upload(() -> null, 1, 8, 64); // 2048 bytes
            withScratch.swiGlu(x); // a result and a gate of 1024 bytes each
            assertThat(withScratch.peakBytes()).isEqualTo(4096);
            Tensor map = withScratch.channelsLast(withScratch.reshape(x, 1, 8, 8, 8)); // 1024 bytes in bfloat16
            assertThat(withScratch.peakBytes()).isEqualTo(4096);
            withScratch.resize(map, 4, 4); // a buffer of 2048 bytes, outside all scopes
            withScratch.resize(map, 2, 2);
            assertThat(withScratch.peakBytes()).isEqualTo(4096 + 256 + 64 + 2048);
        }
    }

    @Test
    void onlyUsedParametersCount() {
        Parameter weight = parameter(Parameter.Role.LINEAR, 3, 4);
        Parameter bias = parameter(Parameter.Role.PLAIN, 3);
        parameter(Parameter.Role.PLAIN, 100);
        assertThat(engine.weightBytes()).isZero();
        Tensor x = tensor(2, 5, 4);
        assertThat(engine.linear(x, weight, bias, Activation.NONE).shape()).containsExactly(2, 5, 3);
        engine.linear(x, weight, bias, Activation.NONE);
        assertThat(engine.weightBytes()).isEqualTo(60);
        assertThat(engine.parameters()).hasSize(3);
    }

    @Test
    void operationsCheckShapes() {
        Parameter weight = parameter(Parameter.Role.LINEAR, 3, 4);
        Parameter kernel = parameter(Parameter.Role.CONVOLUTION, 3, 4, 3, 3);
        assertThatThrownBy(() -> engine.linear(tensor(2, 5), weight, null, Activation.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("input of weight must be 4 channels, got Tensor[2, 5]");
        assertThatThrownBy(() ->
                        engine.convolution(tensor(1, 2, 2, 5), Activation.NONE, kernel, null, 1, null, Activation.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 channels");
        assertThatThrownBy(() -> engine.layerNorm(tensor(2, 5), weight, weight, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("number of values of weight must be 5, got 12");
        assertThatThrownBy(() -> engine.reshape(tensor(2, 5), 11)).hasMessageContaining("10 and 11 values");
        assertThatThrownBy(() -> engine.matmul(tensor(2, 5), false, tensor(4, 2), false))
                .hasMessageContaining("inner sizes");
        assertThatThrownBy(() -> engine.add(tensor(2, 5), tensor(2, 4))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> engine.addToEveryView(tensor(2, 5), tensor(3))).hasMessageContaining("multiple of 3");
        assertThatThrownBy(() -> engine.concatTokens(tensor(2, 5, 3), tensor(2, 5, 4)))
                .hasMessageContaining("cannot concatenate");
        assertThatThrownBy(() -> engine.tokens(tensor(2, 5, 3), 4, 6)).hasMessageContaining("within 0 to 5");
        assertThatThrownBy(() -> engine.reorderViews(tensor(2, 5), new int[] {2}))
                .hasMessageContaining("0 to 2");
        assertThatThrownBy(() -> engine.attention(tensor(1, 2, 10), 2, null, null))
                .hasMessageContaining("of 6");
    }

    @Test
    void tensorsHaveNoValuesAndEndWithTheirScope() {
        Tensor x = tensor(2);
        assertThatThrownBy(() -> engine.download(x)).isInstanceOf(UnsupportedOperationException.class);
        scope.close();
        assertThatThrownBy(() -> engine.activate(x, Activation.RELU))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was released");
        assertThatThrownBy(() -> tensor(2)).isInstanceOf(IllegalStateException.class);
    }

    private Tensor tensor(int... shape) {
        return engine.upload(() -> null, shape);
    }

    private Parameter parameter(Parameter.Role role, int... shape) {
        return engine.parameter(new ShapeOnlyWeights(), "weight", role, shape);
    }
}

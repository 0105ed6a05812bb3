package da3.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import da3.nn.Activation;
import da3.nn.Parameter;
import da3.nn.Precision;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;
import da3.nn.Scope;
import da3.nn.autograd.DifferentiableEngine.Wanted;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KernelsTest {

    private static final int MAX_KEPT = 64;

    private final RandomWeights weights = new RandomWeights();
    private ExecutionContext context;

    @BeforeEach
    void start() {
        Library.load();
        Library.limitToCallingThread();
        start(Precision.FLOAT32);
    }

    private void start(Precision precision) {
        context = new ExecutionContext(
                new ThreadPool("threads", 1, () -> {}),
                new Kernels(1, MAX_KEPT),
                new TensorMemory(() -> {}, 0),
                OneDnnEngine.productPrecision(precision),
                precision);
    }

    @AfterEach
    void release() {
        context.threads().close();
        context.memory().clear();
        context.kernels().release();
    }

    private OneDnnParameter parameter(Parameter.Role role, int... shape) {
        return new OneDnnParameter(weights, "w", role, false, shape);
    }

    private OneDnnTensor tensor(int... shape) {
        OneDnnTensor x = context.memory().tensor(shape);
        NativeAddress.write(RandomWeights.values(3, x.values()), x.at(0));
        return x;
    }

    /** Reference implementations of oneDNN are correct but a hundred times slower. */
    @ParameterizedTest
    @EnumSource
    void noForwardOperationUsesAReferenceImplementation(Precision precision) {
        assumeTrue(Library.supports(precision));
        release();
        start(precision);
        OneDnnParameter head = parameter(Parameter.Role.PLAIN, 64);
        QkNorm norm = new QkNorm(head, head, head, head, 1e-5);
        OneDnnParameter dim = parameter(Parameter.Role.PLAIN, 384);
        OneDnnParameter wide = parameter(Parameter.Role.LINEAR, 3 * 384, 384);
        OneDnnParameter square = parameter(Parameter.Role.LINEAR, 384, 384);
        OneDnnParameter halving = parameter(Parameter.Role.CONVOLUTION, 96, 384, 3, 3);
        OneDnnParameter conv = parameter(Parameter.Role.CONVOLUTION, 96, 96, 3, 3);
        OneDnnParameter merge = parameter(Parameter.Role.CONVOLUTION, 16, 3, 3, 3);
        OneDnnParameter up = parameter(Parameter.Role.TRANSPOSED_CONVOLUTION, 48, 48, 4, 4);
        FusedLinear fusedLinear = new FusedLinear(context);
        Elementwise elementwise = new Elementwise(context);
        Convolution3x3 convolution = new Convolution3x3(context);
        try (Scope scope = context.memory().scope()) {
            OneDnnTensor x = tensor(1, 1 + 9 * 12, 384);
            OneDnnTensor qkv = fusedLinear.linear(x, wide, null, null, null, Activation.GELU);
            RotaryPositions positions = RotaryPositions.withinView(9, 12, 64, 100);
            OneDnnTensor y = new MultiHeadAttention(context).apply(qkv, 6, norm, positions);
            new MultiHeadAttention(context).apply(qkv, 6, null, null);
            fusedLinear.linear(y, square, dim, dim, x, Activation.NONE);
            elementwise.layerNorm(y, dim, dim, 1e-6);
            elementwise.swiGlu(y);
            for (int w : new int[] {12, 13}) {
                OneDnnTensor map = tensor(1, 9, w, 384);
                convolution.apply(map, Activation.NONE, halving, null, 2, null, Activation.NONE);
                OneDnnTensor fine = tensor(1, 18, 2 * w, 96);
                convolution.apply(fine, Activation.RELU, conv, null, 1, fine, Activation.RELU);
                elementwise.addUv(fine, tensor(2 * w, 48), tensor(18, 48));
            }
            OneDnnTensor large = tensor(1, 33, 64, 96); // for Winograd's algorithm, with one row in the last tile
            convolution.apply(large, Activation.RELU, conv, null, 1, large, Activation.RELU);
            convolution.apply(tensor(1, 28, 42, 3), Activation.NONE, merge, null, 1, null, Activation.GELU);
            new TransposedConvolution(context).apply(tensor(1, 9, 12, 48), up, null);
            new DataMovement(context).patches(tensor(1, 3, 28, 42), 14);
        }
        assertThat(context.kernels().implementations()).isNotEmpty().noneMatch(name -> name.startsWith("ref"));
    }

    @ParameterizedTest
    @EnumSource
    void noGradientUsesAReferenceImplementation(Precision precision) {
        assumeTrue(Library.supports(precision));
        release();
        start(precision);
        OneDnnParameter head = parameter(Parameter.Role.PLAIN, 64);
        QkNorm norm = new QkNorm(head, head, head, head, 1e-5);
        OneDnnParameter dim = parameter(Parameter.Role.PLAIN, 384);
        OneDnnParameter wide = parameter(Parameter.Role.LINEAR, 1536, 384);
        OneDnnParameter halving = parameter(Parameter.Role.CONVOLUTION, 384, 384, 3, 3);
        OneDnnParameter conv = parameter(Parameter.Role.CONVOLUTION, 64, 64, 3, 3);
        OneDnnParameter up = parameter(Parameter.Role.TRANSPOSED_CONVOLUTION, 48, 48, 4, 4);
        Wanted all = new Wanted(true, true, true);
        LinearBackward linear = new LinearBackward(context);
        ElementwiseBackward elementwise = new ElementwiseBackward(context);
        ConvolutionBackward convolution = new ConvolutionBackward(context);
        TransposedConvolutionBackward transposed = new TransposedConvolutionBackward(context);
        try (Scope scope = context.memory().scope()) {
            OneDnnTensor x = tensor(2, 1 + 9 * 12, 384);
            OneDnnTensor hidden = tensor(2, 1 + 9 * 12, 1536);
            linear.apply(hidden, x, wide, all);
            linear.apply(tensor(1, 2048, 64), tensor(1, 2048, 32), parameter(Parameter.Role.LINEAR, 64, 32), all);
            OneDnnTensor qkv = tensor(2, 1 + 9 * 12, 3 * 384);
            RotaryPositions positions = RotaryPositions.withinView(9, 12, 64, 100);
            new AttentionBackward(context).apply(x, qkv, 6, norm, positions, true);
            new NormBackward(context).apply(x, x, dim, 1e-6, true);
            elementwise.activation(x, x, null, Activation.GELU);
            elementwise.activation(x, null, x, Activation.RELU);
            elementwise.swiGlu(x, tensor(2, 1 + 9 * 12, 768));
            Arithmetic arithmetic = new Arithmetic(context);
            arithmetic.multiplyChannels(x, tensor(384));
            LayerScale layerScale = new LayerScale(context);
            OneDnnTensor mapped = context.cast(context.precision(), x);
            layerScale.apply(mapped, dim, x);
            layerScale.backward(x, mapped, dim);
            new Reductions(context).sumRows(x);
            for (int w : new int[] {12, 13}) {
                OneDnnTensor coarse = tensor(2, 5, (w + 1) / 2, 384);
                convolution.apply(coarse, tensor(2, 9, w, 384), halving, 2, 9, w, all);
                OneDnnTensor fine = tensor(2, 18, 2 * w, 64);
                convolution.apply(fine, fine, conv, 1, 18, 2 * w, all);
            }
            OneDnnTensor large = tensor(1, 33, 64, 64); // for Winograd's algorithm, with one row in the last tile
            convolution.apply(large, large, conv, 1, 33, 64, all);
            OneDnnTensor tiles = tensor(1, 36, 48, 48);
            transposed.inputGradient(tiles, up);
            transposed.weightGradient(tiles, tensor(1, 9, 12, 48), up);
        }
        assertThat(context.kernels().implementations()).isNotEmpty().noneMatch(name -> name.startsWith("ref"));
    }

    @Test
    void evictsTheLeastRecentlyUsedFirst() {
        Kernels kernels = context.kernels();
        PostOp.Function relu = (PostOp.Function) PostOp.of(Activation.RELU);
        Kernel first = kernels.function(Layout.dense(1), relu);
        Kernel second = kernels.function(Layout.dense(2), relu);
        for (int n = 3; n <= MAX_KEPT + 9; n++) {
            kernels.function(Layout.dense(n), relu);
            assertThat(kernels.function(Layout.dense(1), relu)).isSameAs(first);
        }
        kernels.trim();
        assertThat(kernels.count()).isEqualTo(MAX_KEPT);
        assertThat(kernels.function(Layout.dense(1), relu)).isSameAs(first);
        assertThat(kernels.function(Layout.dense(2), relu)).isNotSameAs(second);
    }

    /** The layout that a convolution requires depends on the map size, but a weight is packed in one layout. */
    @Test
    void aWeightServesAllMapSizes() {
        OneDnnParameter shared = parameter(Parameter.Role.CONVOLUTION, 384, 32, 3, 3);
        Convolution3x3 convolution = new Convolution3x3(context);
        for (int side : new int[] {64, 36, 5, 1}) {
            for (int stride = 1; stride <= 2; stride++) {
                try (Scope scope = context.memory().scope()) {
                    OneDnnTensor x = tensor(1, side, side, 32);
                    OneDnnParameter own = parameter(Parameter.Role.CONVOLUTION, 384, 32, 3, 3);
                    assertThat(Arrays.equals(
                                    values(convolution.apply(
                                            x, Activation.NONE, shared, null, stride, null, Activation.NONE)),
                                    values(convolution.apply(
                                            x, Activation.NONE, own, null, stride, null, Activation.NONE))))
                            .as("side %d, stride %d", side, stride)
                            .isTrue();
                    own.release();
                }
            }
        }
        shared.release();
    }

    private static float[] values(OneDnnTensor x) {
        return NativeAddress.read(x.at(0), x.values());
    }
}

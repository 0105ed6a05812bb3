package da3.onnx;

import da3.nn.Activation;
import da3.nn.Engine;
import da3.nn.Parameter;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.WeightSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * An engine that computes nothing and records each operation as operators of a graph. Tensors are named values of the
 * graph; scopes have no effect. Work runs on the calling thread; not thread-safe.
 */
final class OnnxEngine implements Engine {

    private final Graph graph;
    private final LinearNodes linear;
    private final AttentionNodes attention;
    private final MapNodes maps;

    OnnxEngine(Graph graph, OnnxOptions.Quantization quantization) {
        this.graph = graph;
        this.linear = new LinearNodes(graph, quantization);
        this.attention = new AttentionNodes(graph, linear);
        this.maps = new MapNodes(graph, linear);
    }

    @Override
    public String name() {
        return "onnx";
    }

    @Override
    public String description() {
        return "ONNX operators, recorded";
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public String precision() {
        return "float32";
    }

    @Override
    public <T> T run(Callable<T> work) {
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Scope scope() {
        return NoScope.INSTANCE;
    }

    /** A scope without effect, since values of a graph need no memory. */
    private enum NoScope implements Scope {
        INSTANCE;

        @Override
        public Tensor keep(Tensor tensor) {
            return tensor;
        }

        @Override
        public void release(Tensor tensor) {}

        @Override
        public void close() {}
    }

    @Override
    public Parameter parameter(WeightSource source, String name, Parameter.Role role, int... shape) {
        return new GraphParameter(source, name, shape);
    }

    @Override
    public Tensor upload(float[] values, int... shape) {
        float[] copy = values.clone();
        return graph.table(() -> copy, shape);
    }

    @Override
    public Tensor upload(Supplier<float[]> values, int... shape) {
        return graph.table(values, shape);
    }

    /** @throws UnsupportedOperationException always */
    @Override
    public float[] download(Tensor x) {
        throw new UnsupportedOperationException(
                "an ONNX model cannot depend on values that are read while it is recorded, got a download of " + x);
    }

    @Override
    public Tensor reshape(Tensor x, int... shape) {
        return graph.reshape(GraphValue.of(x), shape);
    }

    @Override
    public Tensor value(Parameter parameter) {
        return new GraphValue(graph.constant(GraphParameter.of(parameter).unchanged()), parameter.shape());
    }

    @Override
    public Tensor matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
        int[] shape = {a.size(transposeA ? 1 : 0), b.size(transposeB ? 0 : 1)};
        return graph.node("MatMul", shape, List.of(matrix(a, transposeA), matrix(b, transposeB)));
    }

    private String matrix(Tensor x, boolean transpose) {
        String name = GraphValue.of(x).name();
        return transpose ? graph.node("Transpose", List.of(name), Attribute.ofInts("perm", 1, 0)) : name;
    }

    @Override
    public Tensor linear(Tensor x, Parameter weight, Parameter bias, Activation activation) {
        return linear.linear(GraphValue.of(x), weight, bias, activation);
    }

    @Override
    public Tensor linearResidual(Tensor x, Parameter weight, Parameter bias, Parameter gamma, Tensor residual) {
        return linear.linearResidual(GraphValue.of(x), weight, bias, gamma, GraphValue.of(residual));
    }

    @Override
    public Tensor layerNorm(Tensor x, Parameter weight, Parameter bias, double epsilon) {
        return linear.layerNorm(GraphValue.of(x), weight, bias, epsilon);
    }

    @Override
    public Tensor attention(Tensor qkv, int heads, QkNorm qkNorm, RotaryPositions positions) {
        return attention.attention(GraphValue.of(qkv), heads, qkNorm, positions);
    }

    @Override
    public Tensor swiGlu(Tensor x) {
        return linear.swiGlu(GraphValue.of(x));
    }

    @Override
    public Tensor activate(Tensor x, Activation activation) {
        return linear.activation(GraphValue.of(x), activation);
    }

    @Override
    public Tensor add(Tensor a, Tensor b) {
        return maps.add(GraphValue.of(a), GraphValue.of(b));
    }

    @Override
    public Tensor addToEveryView(Tensor x, Tensor table) {
        GraphValue views = graph.channelsLast(GraphValue.of(x));
        return graph.nodeLike(
                views, "Add", List.of(views.name(), GraphValue.of(table).name()));
    }

    @Override
    public Tensor concatChannels(Tensor a, Tensor b) {
        return concatenated(a, b, -1, GraphValue.of(a).withChannels(a.size(-1) + b.size(-1)));
    }

    @Override
    public Tensor concatTokens(Tensor a, Tensor b) {
        return concatenated(a, b, 1, a.size(0), a.size(1) + b.size(1), a.size(2));
    }

    private GraphValue concatenated(Tensor a, Tensor b, int axis, int... shape) {
        GraphValue left = graph.channelsLast(GraphValue.of(a));
        GraphValue right = graph.channelsLast(GraphValue.of(b));
        return graph.node("Concat", shape, List.of(left.name(), right.name()), Attribute.of("axis", axis));
    }

    @Override
    public Tensor tokens(Tensor x, int from, int to) {
        return graph.slice(GraphValue.of(x), 1, from, to, x.size(0), to - from, x.size(2));
    }

    @Override
    public Tensor views(Tensor x, int from, int to) {
        GraphValue all = GraphValue.of(x);
        return graph.slice(all, 0, from, to, all.withViews(to - from));
    }

    @Override
    public Tensor reorderViews(Tensor x, int[] order) {
        GraphValue views = GraphValue.of(x);
        if (isUnchanged(order, x.size(0))) {
            return x;
        }
        String indices = graph.shape(order);
        String name = graph.node("Gather", List.of(views.name(), indices), Attribute.of("axis", 0));
        return new GraphValue(name, views.withViews(order.length), views.channelsFirst());
    }

    private static boolean isUnchanged(int[] order, int views) {
        boolean unchanged = order.length == views;
        for (int i = 0; unchanged && i < order.length; i++) {
            unchanged = order[i] == i;
        }
        return unchanged;
    }

    @Override
    public Tensor patches(Tensor image, int patch) {
        int views = image.size(0);
        int channels = image.size(1);
        int rows = image.size(2) / patch;
        int columns = image.size(3) / patch;
        GraphValue split = graph.reshape(GraphValue.of(image), views, channels, rows, patch, columns, patch);
        GraphValue perPatch = graph.node(
                "Transpose",
                new int[] {views, rows, columns, channels, patch, patch},
                List.of(split.name()),
                Attribute.ofInts("perm", 0, 2, 4, 1, 3, 5));
        return graph.reshape(perPatch, views, rows * columns, channels * patch * patch);
    }

    /** Only declares the layout of the result, since images are stored with the channels first. */
    @Override
    public Tensor channelsLast(Tensor image) {
        int[] shape = {image.size(0), image.size(2), image.size(3), image.size(1)};
        return new GraphValue(GraphValue.of(image).name(), shape, true);
    }

    @Override
    public Tensor convolution(
            Tensor x,
            Activation before,
            Parameter weight,
            Parameter bias,
            int stride,
            Tensor residual,
            Activation after) {
        return maps.convolution(GraphValue.of(x), before, weight, bias, stride, GraphValue.of(residual), after);
    }

    @Override
    public Tensor transposedConvolution(Tensor x, Parameter weight, Parameter bias) {
        return maps.transposedConvolution(GraphValue.of(x), weight, bias);
    }

    @Override
    public Tensor resize(Tensor x, int rows, int columns) {
        return maps.resize(GraphValue.of(x), rows, columns);
    }

    @Override
    public Tensor addUv(Tensor x, Tensor u, Tensor v) {
        return maps.addUv(GraphValue.of(x), GraphValue.of(u), GraphValue.of(v));
    }

    @Override
    public void close() {}
}

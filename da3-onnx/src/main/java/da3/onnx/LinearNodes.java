package da3.onnx;

import da3.geometry.check.Check;
import da3.nn.Activation;
import da3.nn.Parameter;
import java.util.List;

/** Linear maps, layer norms and activations as operators. */
final class LinearNodes {

    private final Graph graph;
    private final OnnxOptions.Quantization quantization;

    LinearNodes(Graph graph, OnnxOptions.Quantization quantization) {
        this.graph = graph;
        this.quantization = quantization;
    }

    /** Returns activation(x W^T + b); a map that is stored with the channels first gets a 1x1 convolution. */
    GraphValue linear(GraphValue x, Parameter weight, Parameter bias, Activation activation) {
        GraphParameter w = GraphParameter.of(weight);
        if (x.size(-1) != w.inputs()) {
            throw Check.invalid("input of " + w.name(), w.inputs() + " channels", x);
        }
        return activation(x.channelsFirst() ? pointwise(x, w, bias) : product(x, w, bias), activation);
    }

    private GraphValue pointwise(GraphValue x, GraphParameter weight, Parameter bias) {
        String kernel = graph.constant(
                weight.shape().length == 4
                        ? weight.unchanged()
                        : weight.reshaped(weight.outputs(), weight.inputs(), 1, 1));
        String name = graph.node(
                "Conv",
                bias == null ? List.of(x.name(), kernel) : List.of(x.name(), kernel, plain(bias)),
                Attribute.ofInts("kernel_shape", 1, 1));
        return new GraphValue(name, x.withChannels(weight.outputs()), true);
    }

    private GraphValue product(GraphValue x, GraphParameter weight, Parameter bias) {
        boolean tokens = x.shape().length > 2; // vectors per view are few and cheap
        GraphValue y = quantization == OnnxOptions.Quantization.DYNAMIC_INT8 && tokens
                ? integerProduct(x, weight)
                : graph.node(
                        "MatMul",
                        x.withChannels(weight.outputs()),
                        List.of(x.name(), graph.constant(weight.transposed())));
        return bias == null ? y : graph.nodeLike(y, "Add", List.of(y.name(), plain(bias)));
    }

    /** Returns x W^T from 8-bit integers; the order of the operators is one that runtimes fuse. */
    private GraphValue integerProduct(GraphValue x, GraphParameter weight) {
        List<String> quantized = graph.nodes("DynamicQuantizeLinear", 3, List.of(x.name())); // values, scale, zero
        String sums = graph.node(
                "MatMulInteger", List.of(quantized.get(0), graph.constant(weight.quantized()), quantized.get(2)));
        String scales = graph.node("Mul", List.of(quantized.get(1), graph.constant(weight.scales())));
        String cast = graph.node("Cast", List.of(sums), Attribute.of("to", ElementType.FLOAT.code()));
        return graph.node("Mul", x.withChannels(weight.outputs()), List.of(cast, scales));
    }

    /** Returns residual + gamma * (x W^T + b); {@code gamma} may be null. */
    GraphValue linearResidual(GraphValue x, Parameter weight, Parameter bias, Parameter gamma, GraphValue residual) {
        GraphValue y = graph.channelsLast(linear(x, weight, bias, Activation.NONE));
        GraphValue scaled = gamma == null ? y : graph.nodeLike(y, "Mul", List.of(y.name(), plain(gamma)));
        return graph.nodeLike(
                scaled, "Add", List.of(graph.channelsLast(residual).name(), scaled.name()));
    }

    GraphValue layerNorm(GraphValue x, Parameter weight, Parameter bias, double epsilon) {
        GraphValue last = graph.channelsLast(x);
        return graph.nodeLike(
                last,
                "LayerNormalization",
                List.of(last.name(), plain(weight), plain(bias)),
                Attribute.of("axis", -1),
                Attribute.of("epsilon", (float) epsilon));
    }

    GraphValue swiGlu(GraphValue x) {
        int channels = x.size(-1) / 2;
        List<String> halves =
                graph.nodes("Split", 2, List.of(x.name()), Attribute.of("axis", -1), Attribute.of("num_outputs", 2));
        String gate = graph.node("Sigmoid", List.of(halves.get(0)));
        String silu = graph.node("Mul", List.of(halves.get(0), gate));
        return graph.node("Mul", x.withChannels(channels), List.of(silu, halves.get(1)));
    }

    GraphValue activation(GraphValue x, Activation activation) {
        return switch (activation) {
            case NONE -> x;
            case RELU -> graph.nodeLike(x, "Relu", List.of(x.name()));
            case GELU -> graph.nodeLike(x, "Gelu", List.of(x.name()));
            case EXP -> graph.nodeLike(x, "Exp", List.of(x.name()));
        };
    }

    private String plain(Parameter parameter) {
        return graph.constant(GraphParameter.of(parameter).unchanged());
    }
}

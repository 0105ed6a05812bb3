package da3.onnx;

import da3.geometry.check.Check;
import da3.nn.Activation;
import da3.nn.Parameter;
import java.util.ArrayList;
import java.util.List;

/** Operations on feature maps as operators. Results are stored with the channels first, as these operators require. */
final class MapNodes {

    private final Graph graph;
    private final LinearNodes linear;

    MapNodes(Graph graph, LinearNodes linear) {
        this.graph = graph;
        this.linear = linear;
    }

    /** Parameters and result as in {@link da3.nn.Engine#convolution}. */
    GraphValue convolution(
            GraphValue input,
            Activation before,
            Parameter weight,
            Parameter bias,
            int stride,
            GraphValue residual,
            Activation after) {
        requireChannels(input, weight, 1);
        GraphValue x = linear.activation(graph.channelsFirst(input), before);
        String name = graph.node(
                "Conv",
                arguments(x, weight, bias),
                Attribute.ofInts("kernel_shape", 3, 3),
                Attribute.ofInts("pads", 1, 1, 1, 1),
                Attribute.ofInts("strides", stride, stride));
        int rows = (x.size(1) + stride - 1) / stride;
        int columns = (x.size(2) + stride - 1) / stride;
        GraphValue y = new GraphValue(name, new int[] {x.size(0), rows, columns, weight.shape()[0]}, true);
        GraphValue sum = residual == null ? y : add(y, residual);
        return linear.activation(sum, after);
    }

    /** Parameters and result as in {@link da3.nn.Engine#transposedConvolution}. */
    GraphValue transposedConvolution(GraphValue input, Parameter weight, Parameter bias) {
        requireChannels(input, weight, 0);
        GraphValue x = graph.channelsFirst(input);
        int k = weight.shape()[2];
        String name = graph.node(
                "ConvTranspose",
                arguments(x, weight, bias),
                Attribute.ofInts("kernel_shape", k, k),
                Attribute.ofInts("strides", k, k));
        int[] shape = {x.size(0), k * x.size(1), k * x.size(2), weight.shape()[1]};
        return new GraphValue(name, shape, true);
    }

    private List<String> arguments(GraphValue x, Parameter weight, Parameter bias) {
        List<String> arguments = new ArrayList<>();
        arguments.add(x.name());
        arguments.add(graph.constant(GraphParameter.of(weight).unchanged()));
        if (bias != null) {
            arguments.add(graph.constant(GraphParameter.of(bias).unchanged()));
        }
        return arguments;
    }

    /** Parameters and result as in {@link da3.nn.Engine#resize}. */
    GraphValue resize(GraphValue input, int rows, int columns) {
        if (input.size(1) == rows && input.size(2) == columns) {
            return input;
        }
        GraphValue x = graph.channelsFirst(input);
        String absent = "";
        String name = graph.node(
                "Resize",
                List.of(x.name(), absent, absent, graph.shape(x.size(0), x.size(3), rows, columns)),
                Attribute.of("mode", "linear"),
                Attribute.of("coordinate_transformation_mode", "align_corners"));
        return new GraphValue(name, new int[] {x.size(0), rows, columns, x.size(3)}, true);
    }

    /**
     * Parameters and result as in {@link da3.nn.Engine#addUv}. The two tables are padded with zeros to all channels and
     * added first, which is a constant that runtimes compute once.
     */
    GraphValue addUv(GraphValue input, GraphValue u, GraphValue v) {
        GraphValue x = graph.channelsFirst(input);
        int half = x.size(3) / 2;
        String embedding = graph.node(
                "Add",
                List.of(
                        padded(u, new int[] {1, half, 1, x.size(2)}, 0, half),
                        padded(v, new int[] {1, half, x.size(1), 1}, half, 0)));
        return graph.nodeLike(x, "Add", List.of(x.name(), embedding));
    }

    /** Transposes a table (positions, channels) to a map and adds zero channels before and after. */
    private String padded(GraphValue table, int[] map, int before, int after) {
        String transposed = graph.node("Transpose", List.of(table.name()), Attribute.ofInts("perm", 1, 0));
        String reshaped = graph.node("Reshape", List.of(transposed, graph.shape(map)));
        return graph.node("Pad", List.of(reshaped, graph.integers(0, before, 0, 0, 0, after, 0, 0)));
    }

    /** Returns the sum of two values of the same shape, with the channels first if one of them is stored so. */
    GraphValue add(GraphValue a, GraphValue b) {
        boolean first = a.channelsFirst() || b.channelsFirst();
        GraphValue left = first ? graph.channelsFirst(a) : a;
        GraphValue right = first ? graph.channelsFirst(b) : b;
        return graph.nodeLike(left, "Add", List.of(left.name(), right.name()));
    }

    private static void requireChannels(GraphValue x, Parameter weight, int axis) {
        if (x.size(3) != weight.shape()[axis]) {
            throw Check.invalid("input of " + weight.name(), weight.shape()[axis] + " channels", x);
        }
    }
}

package da3.onnx;

import da3.nn.Parameter;
import da3.nn.QkNorm;
import da3.nn.RotaryPositions;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Multi-head self-attention as operators: two products and a softmax over all scores. */
final class AttentionNodes {

    private final Graph graph;
    private final LinearNodes linear;
    private final Map<RotaryPositions, Tables> tables = new IdentityHashMap<>();

    /** Names of the cosines and the signed sines of rotary positions, (tokens, headDim). */
    private record Tables(String cos, String signedSin) {}

    AttentionNodes(Graph graph, LinearNodes linear) {
        this.graph = graph;
        this.linear = linear;
    }

    /** Parameters and result as in {@link da3.nn.Engine#attention}. */
    GraphValue attention(GraphValue qkv, int heads, QkNorm qkNorm, RotaryPositions positions) {
        int batch = qkv.size(0);
        int tokens = qkv.size(1);
        int channels = qkv.size(2) / 3;
        int headDim = channels / heads;
        List<String> parts =
                graph.nodes("Split", 3, List.of(qkv.name()), Attribute.of("axis", 2), Attribute.of("num_outputs", 3));
        int[] shape = {batch, heads, tokens, headDim};
        GraphValue queries = perHead(parts.get(0), shape);
        GraphValue keys = perHead(parts.get(1), shape);
        GraphValue values = perHead(parts.get(2), shape);
        if (qkNorm != null) {
            queries = norm(queries, qkNorm.qWeight(), qkNorm.qBias(), qkNorm.epsilon());
            keys = norm(keys, qkNorm.kWeight(), qkNorm.kBias(), qkNorm.epsilon());
        }
        if (positions != null) {
            queries = rotate(queries, positions);
            keys = rotate(keys, positions);
        }
        String scaled = graph.node("Mul", List.of(queries.name(), graph.scalar((float) (1 / Math.sqrt(headDim)))));
        String transposed = graph.node("Transpose", List.of(keys.name()), Attribute.ofInts("perm", 0, 1, 3, 2));
        String scores = graph.node("MatMul", List.of(scaled, transposed)); // (batch, heads, tokens, tokens)
        String weights = graph.node("Softmax", List.of(scores), Attribute.of("axis", -1));
        String attended = graph.node("MatMul", List.of(weights, values.name()));
        GraphValue perToken = graph.node(
                "Transpose",
                new int[] {batch, tokens, heads, headDim},
                List.of(attended),
                Attribute.ofInts("perm", 0, 2, 1, 3));
        return graph.reshape(perToken, batch, tokens, channels);
    }

    /** (batch, tokens, heads x headDim) -> (batch, heads, tokens, headDim). */
    private GraphValue perHead(String part, int... shape) {
        String perToken = graph.node("Reshape", List.of(part, graph.shape(shape[0], shape[2], shape[1], shape[3])));
        return graph.node("Transpose", shape, List.of(perToken), Attribute.ofInts("perm", 0, 2, 1, 3));
    }

    private GraphValue norm(GraphValue x, Parameter weight, Parameter bias, double epsilon) {
        return linear.layerNorm(x, weight, bias, epsilon);
    }

    /**
     * Returns x cos + partner(x) sin, where the partner of a channel is the one that it is rotated with. Its sign is
     * part of the sines.
     */
    private GraphValue rotate(GraphValue x, RotaryPositions positions) {
        Tables table = tables.computeIfAbsent(positions, this::tables);
        List<String> quarters =
                graph.nodes("Split", 4, List.of(x.name()), Attribute.of("axis", -1), Attribute.of("num_outputs", 4));
        String partners = graph.node(
                "Concat",
                List.of(quarters.get(1), quarters.get(0), quarters.get(3), quarters.get(2)),
                Attribute.of("axis", -1));
        String straight = graph.node("Mul", List.of(x.name(), table.cos));
        String crossed = graph.node("Mul", List.of(partners, table.signedSin));
        return graph.nodeLike(x, "Add", List.of(straight, crossed));
    }

    private Tables tables(RotaryPositions positions) {
        int[] shape = {positions.tokens(), positions.headDim()};
        return new Tables(
                graph.table(positions::cos, shape).name(),
                graph.table(positions::signedSin, shape).name());
    }
}

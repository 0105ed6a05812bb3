package da3.onnx;

import da3.files.ProtoMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The nodes, constants, inputs and outputs of a model. Nodes are added in the order of their execution. */
final class Graph {

    // of NodeProto
    private static final int INPUT = 1;
    private static final int OUTPUT = 2;
    private static final int NAME = 3;
    private static final int OP_TYPE = 4;
    private static final int ATTRIBUTE = 5;

    /** An input or output of the model, of type float. */
    record Port(String name, String description, int[] shape) {}

    private final List<ProtoMessage> nodes = new ArrayList<>();
    private final Map<String, Initializer> initializers = new LinkedHashMap<>();
    private final List<Port> inputs = new ArrayList<>();
    private final List<Port> outputs = new ArrayList<>();
    private int tables;

    List<ProtoMessage> nodes() {
        return nodes;
    }

    Collection<Initializer> initializers() {
        return initializers.values();
    }

    List<Port> inputs() {
        return inputs;
    }

    List<Port> outputs() {
        return outputs;
    }

    GraphValue input(String name, String description, int... shape) {
        inputs.add(new Port(name, description, shape));
        return new GraphValue(name, shape);
    }

    /** Makes a value an output of the model, in its logical shape. */
    void output(String name, String description, GraphValue value) {
        GraphValue stored = channelsLast(value);
        emit("Identity", List.of(stored.name()), List.of(name));
        outputs.add(new Port(name, description, stored.shape()));
    }

    /** Adds a constant, unless there is one of that name already, and returns its name. */
    String constant(Initializer initializer) {
        initializers.putIfAbsent(initializer.name(), initializer);
        return initializer.name();
    }

    /** Adds a vector of integers and returns its name. */
    String integers(long... values) {
        String name =
                "integers_" + Arrays.stream(values).mapToObj(Long::toString).collect(Collectors.joining("_"));
        return constant(Initializer.ofLongs(name, values));
    }

    /** Adds a shape as a vector of integers and returns its name. */
    String shape(int... sizes) {
        return integers(Arrays.stream(sizes).asLongStream().toArray());
    }

    /** Adds a table of values under a new name. */
    GraphValue table(Supplier<float[]> values, int... shape) {
        return new GraphValue(constant(Initializer.ofFloats("table_" + tables++, values, shape)), shape);
    }

    /** Adds a scalar and returns its name. */
    String scalar(float value) {
        return constant(Initializer.ofFloats("scalar_" + value, () -> new float[] {value}));
    }

    /** Adds a node with one result of the shape and layout of x. */
    GraphValue nodeLike(GraphValue x, String operator, List<String> arguments, Attribute... attributes) {
        return new GraphValue(node(operator, arguments, attributes), x.shape(), x.channelsFirst());
    }

    /** Adds a node with one result, stored in its logical shape. */
    GraphValue node(String operator, int[] shape, List<String> arguments, Attribute... attributes) {
        return new GraphValue(node(operator, arguments, attributes), shape);
    }

    /** Adds a node with one result and returns the name of the result. */
    String node(String operator, List<String> arguments, Attribute... attributes) {
        return nodes(operator, 1, arguments, attributes).get(0);
    }

    /** Adds a node with several results and returns their names. */
    List<String> nodes(String operator, int results, List<String> arguments, Attribute... attributes) {
        String name = operator + "_" + nodes.size();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < results; i++) {
            names.add(i == 0 ? name : name + "_" + i);
        }
        emit(operator, arguments, names, attributes);
        return names;
    }

    private void emit(String operator, List<String> arguments, List<String> results, Attribute... attributes) {
        ProtoMessage node = new ProtoMessage();
        arguments.forEach(argument -> node.text(INPUT, argument));
        results.forEach(result -> node.text(OUTPUT, result));
        node.text(NAME, "node_" + nodes.size()).text(OP_TYPE, operator);
        for (Attribute attribute : attributes) {
            node.message(ATTRIBUTE, attribute.message());
        }
        nodes.add(node);
    }

    /** Returns a value of the same logical shape that is stored in it. */
    GraphValue channelsLast(GraphValue x) {
        return x.channelsFirst()
                ? node("Transpose", x.shape(), List.of(x.name()), Attribute.ofInts("perm", 0, 2, 3, 1))
                : x;
    }

    /** Returns a map of the same logical shape that is stored with the channels first. */
    GraphValue channelsFirst(GraphValue x) {
        return x.channelsFirst()
                ? x
                : new GraphValue(
                        node("Transpose", List.of(x.name()), Attribute.ofInts("perm", 0, 3, 1, 2)), x.shape(), true);
    }

    /** Returns a value of another shape. */
    GraphValue reshape(GraphValue value, int... shape) {
        GraphValue x = channelsLast(value);
        return Arrays.equals(x.shape(), shape) ? x : node("Reshape", shape, List.of(x.name(), shape(shape)));
    }

    /** Returns a part of an axis of the stored value, with a given logical shape. */
    GraphValue slice(GraphValue x, int axis, int from, int to, int... shape) {
        if (x.storedShape()[axis] == to - from) {
            return x;
        }
        String name = node("Slice", List.of(x.name(), integers(from), integers(to), integers(axis)));
        return new GraphValue(name, shape, x.channelsFirst());
    }

    /** Returns channels {@code from} to {@code to}, exclusive. */
    GraphValue channels(GraphValue x, int from, int to) {
        return slice(x, x.channelAxis(), from, to, x.withChannels(to - from));
    }
}

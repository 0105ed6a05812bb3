package da3.onnx;

import da3.files.PartialOutput;
import da3.files.ProtoMessage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A graph as an ONNX file. Constants are computed and written one by one. If they do not fit in a message of Protocol
 * Buffers, whose size is limited to 2 GiB, those of more than a kilobyte are in a second file with the suffix
 * {@code .data}.
 *
 * <p>Field numbers are those of onnx.proto.
 */
final class OnnxFile {

    private static final int IR_VERSION = 9; // the version of ONNX 1.15, which introduced the operator set
    private static final int OPERATOR_SET = 20;
    private static final long MAX_MESSAGE = Integer.MAX_VALUE - (1 << 20); // leaves room for everything else
    private static final long SMALL = 1024;
    private static final long PAGE = 4096; // alignment of external constants, so that runtimes can map them

    // of ModelProto
    private static final int MODEL_IR_VERSION = 1;
    private static final int MODEL_PRODUCER = 2;
    private static final int MODEL_GRAPH = 7;
    private static final int MODEL_OPERATOR_SETS = 8;
    private static final int OPERATOR_SET_VERSION = 2;

    // of GraphProto
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_NAME = 2;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int GRAPH_INPUT = 11;
    private static final int GRAPH_OUTPUT = 12;

    // of TensorProto
    private static final int TENSOR_DIMS = 1;
    private static final int TENSOR_TYPE = 2;
    private static final int TENSOR_NAME = 8;
    private static final int TENSOR_RAW_DATA = 9;
    private static final int TENSOR_EXTERNAL_DATA = 13;
    private static final int TENSOR_DATA_LOCATION = 14;
    private static final int EXTERNAL = 1;

    private final Graph graph;
    private final Path target;

    OnnxFile(Graph graph, Path target) {
        this.graph = graph;
        this.target = target;
    }

    /** Returns the path of the file of external constants. */
    static Path dataOf(Path target) {
        return target.resolveSibling(target.getFileName() + ".data");
    }

    /** Writes the model and returns the written files. */
    List<Path> write() throws IOException {
        return write(MAX_MESSAGE);
    }

    /** @param maxMessage maximum size of all constants in the file itself, in bytes */
    List<Path> write(long maxMessage) throws IOException {
        long bytes = graph.initializers().stream().mapToLong(Initializer::bytes).sum();
        if (bytes <= maxMessage) {
            try (PartialOutput model = PartialOutput.beside(target)) {
                writeModel(model.path(), graph.initializers(), List.of());
                model.commit();
            }
            return List.of(target);
        }
        Map<Boolean, List<Initializer>> small =
                graph.initializers().stream().collect(Collectors.partitioningBy(constant -> constant.bytes() <= SMALL));
        Path data = dataOf(target);
        try (PartialOutput constants = PartialOutput.beside(data);
                PartialOutput model = PartialOutput.beside(target)) {
            writeData(constants.path(), small.get(false));
            writeModel(model.path(), small.get(true), small.get(false));
            constants.commit();
            model.commit();
        }
        return List.of(target, data);
    }

    private static void writeData(Path path, List<Initializer> external) throws IOException {
        long offset = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
            for (Initializer constant : external) {
                out.write(new byte[(int) (aligned(offset) - offset)]);
                writeValues(out, constant);
                offset = aligned(offset) + constant.bytes();
            }
        }
    }

    private void writeModel(Path path, Collection<Initializer> internal, List<Initializer> external)
            throws IOException {
        byte[] start = graphWithoutInternal(external).toBytes();
        long length = start.length;
        for (Initializer constant : internal) {
            length += startOf(constant).length + constant.bytes();
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
            out.write(new ProtoMessage()
                    .varint(MODEL_IR_VERSION, IR_VERSION)
                    .text(MODEL_PRODUCER, "da3-jvm")
                    .message(MODEL_OPERATOR_SETS, new ProtoMessage().varint(OPERATOR_SET_VERSION, OPERATOR_SET))
                    .startOf(MODEL_GRAPH, length)
                    .toBytes());
            out.write(start);
            for (Initializer constant : internal) {
                out.write(startOf(constant));
                writeValues(out, constant);
            }
        }
    }

    private ProtoMessage graphWithoutInternal(List<Initializer> external) {
        ProtoMessage message = new ProtoMessage();
        graph.nodes().forEach(node -> message.message(GRAPH_NODE, node));
        message.text(GRAPH_NAME, "da3");
        graph.inputs().forEach(port -> message.message(GRAPH_INPUT, valueInfo(port)));
        graph.outputs().forEach(port -> message.message(GRAPH_OUTPUT, valueInfo(port)));
        long offset = 0;
        for (Initializer constant : external) {
            offset = aligned(offset);
            message.message(GRAPH_INITIALIZER, externalTensor(constant, offset));
            offset += constant.bytes();
        }
        return message;
    }

    /** Returns the field of a constant up to its values. */
    private static byte[] startOf(Initializer constant) {
        byte[] start =
                tensor(constant).startOf(TENSOR_RAW_DATA, constant.bytes()).toBytes();
        byte[] field = new ProtoMessage()
                .startOf(GRAPH_INITIALIZER, start.length + constant.bytes())
                .toBytes();
        byte[] both = new byte[field.length + start.length];
        System.arraycopy(field, 0, both, 0, field.length);
        System.arraycopy(start, 0, both, field.length, start.length);
        return both;
    }

    private ProtoMessage externalTensor(Initializer constant, long offset) {
        return tensor(constant)
                .message(
                        TENSOR_EXTERNAL_DATA,
                        entry("location", dataOf(target).getFileName().toString()))
                .message(TENSOR_EXTERNAL_DATA, entry("offset", Long.toString(offset)))
                .message(TENSOR_EXTERNAL_DATA, entry("length", Long.toString(constant.bytes())))
                .varint(TENSOR_DATA_LOCATION, EXTERNAL);
    }

    private static ProtoMessage tensor(Initializer constant) {
        ProtoMessage tensor = new ProtoMessage();
        for (int size : constant.shape()) {
            tensor.varint(TENSOR_DIMS, size);
        }
        return tensor.varint(TENSOR_TYPE, constant.type().code()).text(TENSOR_NAME, constant.name());
    }

    private static ProtoMessage entry(String key, String value) {
        return new ProtoMessage().text(1, key).text(2, value);
    }

    /** Returns a {@code ValueInfoProto} of a float tensor: name, type and documentation. */
    private static ProtoMessage valueInfo(Graph.Port port) {
        ProtoMessage shape = new ProtoMessage();
        for (int size : port.shape()) {
            shape.message(1, new ProtoMessage().varint(1, size));
        }
        ProtoMessage tensorType =
                new ProtoMessage().varint(1, ElementType.FLOAT.code()).message(2, shape);
        return new ProtoMessage()
                .text(1, port.name())
                .message(2, new ProtoMessage().message(1, tensorType))
                .text(3, port.description());
    }

    private static void writeValues(OutputStream out, Initializer constant) throws IOException {
        byte[] values = constant.values().get().array();
        if (values.length != constant.bytes()) {
            throw new IllegalStateException(
                    constant.name() + " has " + values.length + " bytes, expected " + constant.bytes());
        }
        out.write(values);
    }

    private static long aligned(long offset) {
        return (offset + PAGE - 1) / PAGE * PAGE;
    }
}

package da3.onnx;

import da3.files.ProtoMessage;

/**
 * An attribute of a node, encoded as {@code AttributeProto} of onnx.proto.
 *
 * @param name name in the standard, for instance {@code axis}
 */
record Attribute(String name, ProtoMessage message) {

    private static final int NAME = 1;
    private static final int F = 2;
    private static final int I = 3;
    private static final int S = 4;
    private static final int INTS = 8;
    private static final int TYPE = 20;
    private static final int TYPE_FLOAT = 1;
    private static final int TYPE_INT = 2;
    private static final int TYPE_STRING = 3;
    private static final int TYPE_INTS = 7;

    static Attribute of(String name, float value) {
        return new Attribute(name, start(name, TYPE_FLOAT).fixed32(F, value));
    }

    static Attribute of(String name, int value) {
        return new Attribute(name, start(name, TYPE_INT).varint(I, value));
    }

    static Attribute of(String name, String value) {
        return new Attribute(name, start(name, TYPE_STRING).text(S, value));
    }

    static Attribute ofInts(String name, int... values) {
        ProtoMessage message = start(name, TYPE_INTS);
        for (int value : values) {
            message.varint(INTS, value);
        }
        return new Attribute(name, message);
    }

    private static ProtoMessage start(String name, int type) {
        return new ProtoMessage().text(NAME, name).varint(TYPE, type);
    }
}

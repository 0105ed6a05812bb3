package da3.files;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A message in the wire format of Protocol Buffers, which is written field by field. Its schema is the caller's: fields
 * are given by number, and the same number several times makes a repeated field.
 *
 * <p>Source: Protocol Buffers, "Encoding".
 */
public final class ProtoMessage {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED32 = 5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Writes an integer, boolean or enum field. */
    public ProtoMessage varint(int field, long value) {
        tag(field, VARINT);
        raw(value);
        return this;
    }

    /** Writes a field of type double. */
    public ProtoMessage fixed64(int field, double value) {
        tag(field, FIXED64);
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(value)
                .array());
        return this;
    }

    /** Writes a field of type float. */
    public ProtoMessage fixed32(int field, float value) {
        tag(field, FIXED32);
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array());
        return this;
    }

    public ProtoMessage bytes(int field, byte[] value) {
        startOf(field, value.length);
        out.writeBytes(value);
        return this;
    }

    public ProtoMessage text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    public ProtoMessage message(int field, ProtoMessage value) {
        return bytes(field, value.toBytes());
    }

    /**
     * Writes the start of a bytes, text or message field whose contents the caller writes after this message, for
     * contents that do not fit in memory.
     *
     * @param length length of the contents in bytes
     */
    public ProtoMessage startOf(int field, long length) {
        tag(field, LENGTH_DELIMITED);
        raw(length);
        return this;
    }

    /** Returns the encoded fields. */
    public byte[] toBytes() {
        return out.toByteArray();
    }

    private void tag(int field, int wireType) {
        raw((long) field << 3 | wireType);
    }

    private void raw(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}

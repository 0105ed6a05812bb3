package da3.streaming.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * A segment of a store: a header of {@value #HEADER_BYTES} bytes and a payload. The header contains the length of the
 * payload, the type, from 1 to {@value #MAX_TYPE}, and a CRC32C checksum of length, type and payload, as little-endian 32-bit integers.
 */
final class Segment {

    static final int HEADER_BYTES = 12;

    private static final int MAX_TYPE = 255;

    private Segment() {}

    /** Returns an empty little-endian buffer. */
    static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Returns the bytes of a segment, ready to be written.
     *
     * @param payload buffer at the start of the payload; its position does not change
     */
    static ByteBuffer encode(int type, ByteBuffer payload) {
        ByteBuffer segment = buffer(Math.addExact(HEADER_BYTES, payload.remaining()));
        segment.putInt(payload.remaining()).putInt(type).putInt(0).put(payload.duplicate());
        segment.putInt(8, checksum(segment.getInt(0), type, segment.duplicate().position(HEADER_BYTES)));
        return segment.rewind();
    }

    /** Returns whether a segment could start at an index of a buffer, without a look at its payload. */
    static boolean canStart(ByteBuffer bytes, int index) {
        int type = bytes.getInt(index + 4);
        return bytes.getInt(index) >= 0 && type >= 1 && type <= MAX_TYPE;
    }

    /** Returns the checksum of a segment. */
    static int checksum(int length, int type, ByteBuffer payload) {
        CRC32C crc = new CRC32C();
        crc.update(buffer(8).putInt(length).putInt(type).flip());
        crc.update(payload);
        return (int) crc.getValue();
    }
}

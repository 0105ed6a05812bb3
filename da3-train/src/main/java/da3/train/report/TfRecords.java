package da3.train.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Writes records in the format of TensorFlow: length (8 bytes, little-endian), its masked CRC-32C, the bytes, their
 * masked CRC-32C.
 */
final class TfRecords implements AutoCloseable {

    private static final int MASK_DELTA = 0xa282ead8;

    private final OutputStream out;

    TfRecords(OutputStream out) {
        this.out = out;
    }

    void write(byte[] record) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(8 + 4 + record.length + 4).order(ByteOrder.LITTLE_ENDIAN);
        frame.putLong(record.length);
        frame.putInt(maskedCrc(frame.array(), 0, 8));
        frame.put(record);
        frame.putInt(maskedCrc(record, 0, record.length));
        out.write(frame.array());
        out.flush();
    }

    /** Returns the CRC-32C rotated right by 15 bits plus a constant, so that checksums over checksums remain useful. */
    static int maskedCrc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}

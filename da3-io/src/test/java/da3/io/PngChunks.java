package da3.io;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Repairs the checksums of PNG chunks, which consist of length, type, data, and a checksum of type and data. */
final class PngChunks {

    private static final int SIGNATURE_BYTES = 8;

    /** Length, type and checksum. */
    private static final int FRAME_BYTES = 12;

    private PngChunks() {}

    /** Returns a copy with correct checksums, up to the first chunk that exceeds the file. */
    static byte[] resealed(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file.clone());
        int at = SIGNATURE_BYTES;
        while (at <= file.length - FRAME_BYTES) {
            int length = bytes.getInt(at);
            if (length < 0 || length > file.length - FRAME_BYTES - at) {
                break;
            }
            CRC32 checksum = new CRC32();
            checksum.update(bytes.array(), at + 4, 4 + length);
            bytes.putInt(at + 8 + length, (int) checksum.getValue());
            at += FRAME_BYTES + length;
        }
        return bytes.array();
    }
}

package da3.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Adds a profile to PNG files, and repairs the checksums of their chunks, which consist of length, type, data, and a checksum of type and data. */
final class PngChunks {

    private static final int SIGNATURE_BYTES = 8;

    /** Length, type and checksum. */
    private static final int FRAME_BYTES = 12;

    /** Bytes of the signature and the first chunk. */
    private static final int HEADER_BYTES = 33;

    private PngChunks() {}

    /** Returns a copy with a color profile. */
    static byte[] withProfile(byte[] file, byte[] profile) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(new byte[] {'p', 0, 0}); // the name, its end, and the method: deflate
        try (DeflaterOutputStream compressed = new DeflaterOutputStream(data)) {
            compressed.write(profile);
        }
        ByteBuffer tagged = ByteBuffer.allocate(file.length + FRAME_BYTES + data.size());
        tagged.put(file, 0, HEADER_BYTES).putInt(data.size()).put("iCCP".getBytes(StandardCharsets.US_ASCII));
        tagged.put(data.toByteArray()).putInt(0).put(file, HEADER_BYTES, file.length - HEADER_BYTES);
        return resealed(tagged.array());
    }

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

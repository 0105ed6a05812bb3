package da3.io;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * Checks that a PNG file is complete and intact. The decoder alone ignores checksums and stops once it has all pixels.
 *
 * @see <a href="https://www.w3.org/TR/png-3/#5DataRep">PNG datastream structure</a>
 */
final class PngIntegrity {

    private static final int SIGNATURE_BYTES = 8;

    private PngIntegrity() {}

    /**
     * Reads all chunks and compares their checksums.
     *
     * @throws ImageFormatException if the file ends before its last chunk, or a critical chunk has a wrong checksum
     */
    static void requireIntact(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            in.skipNBytes(SIGNATURE_BYTES);
            String type = "";
            while (!type.equals("IEND")) {
                type = requireChunk(file, in);
            }
        } catch (EOFException e) {
            throw new ImageFormatException(file, "is truncated", e);
        }
    }

    /** Reads one chunk (length, type, data, checksum of type and data) and returns its type. */
    private static String requireChunk(Path file, DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            throw new ImageFormatException(
                    file, "is damaged: a chunk of " + Integer.toUnsignedString(length) + " bytes");
        }
        byte[] buffer = new byte[1 << 13];
        in.readFully(buffer, 0, 4);
        String type = new String(buffer, 0, 4, StandardCharsets.ISO_8859_1);
        CRC32 checksum = new CRC32();
        checksum.update(buffer, 0, 4);
        for (int left = length; left > 0; ) {
            int count = Math.min(left, buffer.length);
            in.readFully(buffer, 0, count);
            checksum.update(buffer, 0, count);
            left -= count;
        }
        // An uppercase letter marks chunks that pixels depend on; errors in others, such as text, are ignored.
        boolean critical = Character.isUpperCase(type.charAt(0));
        if (in.readInt() != (int) checksum.getValue() && critical) {
            throw new ImageFormatException(file, "is damaged: its " + type + " chunk has a wrong checksum");
        }
        return type;
    }
}

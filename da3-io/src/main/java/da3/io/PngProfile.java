package da3.io;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import javax.imageio.stream.ImageInputStream;

/** The color profile of a PNG file. */
final class PngProfile {

    private static final int SIGNATURE_BYTES = 8;
    private static final int CHECKSUM_BYTES = 4;

    private PngProfile() {}

    /** Returns the profile, or empty if there is none or it is damaged. */
    static Optional<byte[]> read(ImageInputStream in) throws IOException {
        in.setByteOrder(ByteOrder.BIG_ENDIAN);
        in.seek(SIGNATURE_BYTES);
        try {
            while (true) {
                long length = in.readUnsignedInt();
                byte[] type = new byte[4];
                in.readFully(type);
                String name = new String(type, StandardCharsets.US_ASCII);
                if (name.equals("IDAT") || name.equals("IEND")) {
                    return Optional.empty();
                }
                if (name.equals("iCCP") && length <= IccProfiles.MAX_BYTES) {
                    byte[] chunk = new byte[(int) length];
                    in.readFully(chunk);
                    return inflated(chunk);
                }
                in.seek(in.getStreamPosition() + length + CHECKSUM_BYTES);
            }
        } catch (EOFException truncated) {
            return Optional.empty(); // the decoder reports it
        }
    }

    /** @param chunk a name, a zero byte, the compression method, and the compressed profile */
    private static Optional<byte[]> inflated(byte[] chunk) throws IOException {
        int start = 0;
        while (start < chunk.length && chunk[start] != 0) {
            start++;
        }
        start += 2;
        if (start >= chunk.length) {
            return Optional.empty();
        }
        try (InflaterInputStream in =
                new InflaterInputStream(new ByteArrayInputStream(chunk, start, chunk.length - start))) {
            byte[] profile = in.readNBytes(IccProfiles.MAX_BYTES);
            return profile.length == 0 ? Optional.empty() : Optional.of(profile);
        } catch (ZipException | EOFException damaged) {
            return Optional.empty();
        }
    }
}

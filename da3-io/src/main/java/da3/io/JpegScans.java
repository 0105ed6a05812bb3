package da3.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import javax.imageio.stream.ImageInputStream;

/**
 * Counts the scans of a JPEG file. The decoder goes through all pixels for each of them, and an empty scan takes a few
 * bytes only, so that a small file could keep it busy for hours.
 *
 * @see <a href="https://www.w3.org/Graphics/JPEG/itu-t81.pdf">ITU T.81, annex B</a>
 */
final class JpegScans {

    /** Encoders write about 10. */
    static final int MOST = 100;

    private static final int TEM = 0x01;
    private static final int RST0 = 0xd0;
    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;

    private JpegScans() {}

    /** @throws ImageFormatException if there are more than {@link #MOST} */
    static void requireFew(Path file, ImageInputStream in) throws IOException {
        in.setByteOrder(ByteOrder.BIG_ENDIAN);
        in.seek(2);
        int scans = 0;
        try {
            for (int marker = nextMarker(in); marker != EOI; marker = nextMarker(in)) {
                if (marker == SOS && ++scans > MOST) {
                    throw new ImageFormatException(file, "must have at most " + MOST + " scans, got more");
                }
                if (marker != TEM && (marker < RST0 || marker > SOI)) {
                    long start = in.getStreamPosition();
                    in.seek(start + Math.max(2, in.readUnsignedShort()));
                }
            }
        } catch (EOFException e) {
            // The decoder will say so.
        }
    }

    /** The next marker, over what is coded between markers; there 0 after 0xff marks a byte of data. */
    private static int nextMarker(ImageInputStream in) throws IOException {
        int code = 0;
        while (code == 0) {
            while (code != 0xff) {
                code = in.readUnsignedByte();
            }
            while (code == 0xff) {
                code = in.readUnsignedByte();
            }
        }
        return code;
    }
}

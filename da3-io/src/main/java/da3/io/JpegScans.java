package da3.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import javax.imageio.stream.ImageInputStream;

/**
 * Counts the scans of a JPEG file. The decoder visits all pixels for each scan, and an empty scan takes only a few
 * bytes, so a small file could take hours to decode.
 *
 * @see <a href="https://www.w3.org/Graphics/JPEG/itu-t81.pdf">ITU T.81, annex B</a>
 */
final class JpegScans {

    /** Maximum number of scans; encoders write about 10. */
    static final int MAX_SCANS = 100;

    private static final int TEM = 0x01;
    private static final int RST0 = 0xd0;
    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;

    private JpegScans() {}

    /** @throws ImageFormatException if there are more than {@link #MAX_SCANS} scans */
    static void requireLimit(Path file, ImageInputStream in) throws IOException {
        in.setByteOrder(ByteOrder.BIG_ENDIAN);
        in.seek(2);
        int scans = 0;
        try {
            for (int marker = nextMarker(in); marker != EOI; marker = nextMarker(in)) {
                if (marker == SOS && ++scans > MAX_SCANS) {
                    throw new ImageFormatException(file, "must have at most " + MAX_SCANS + " scans, got more");
                }
                if (marker != TEM && (marker < RST0 || marker > SOI)) {
                    long start = in.getStreamPosition();
                    in.seek(start + Math.max(2, in.readUnsignedShort()));
                }
            }
        } catch (EOFException e) {
            // The decoder reports it.
        }
    }

    /** Returns the next marker and skips coded data before it, in which 0xff is followed by 0. */
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

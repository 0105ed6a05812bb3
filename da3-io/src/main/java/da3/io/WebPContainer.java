package da3.io;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What is around the pixels of a WebP file.
 *
 * @see <a href="https://developers.google.com/speed/webp/docs/riff_container">the container</a>
 */
final class WebPContainer {

    /** Of pictures, with or without loss; 14 bits. */
    private static final int LONGEST_SIDE = 1 << 14;

    private static final int FIRST_CHUNK = 12;
    private static final int FLAGS = 20;
    private static final int PROFILE_FLAG = 0x20;

    private WebPContainer() {}

    /**
     * The decoder takes what is missing for zeros.
     *
     * @throws ImageFormatException if the file ends before it says that it does
     */
    static void requireWhole(Path file, WindowedImageInput bytes) throws IOException {
        // "RIFF", then how many bytes follow.
        bytes.setByteOrder(ByteOrder.LITTLE_ENDIAN);
        bytes.seek(4);
        if (bytes.fileSize() < 8 + bytes.readUnsignedInt()) {
            throw new ImageFormatException(file, "is cut short");
        }
    }

    /** A canvas may be stated larger than any picture in it, and all of it takes memory. */
    static void requireSides(Path file, int width, int height) throws ImageFormatException {
        if (Math.max(width, height) > LONGEST_SIDE) {
            throw new ImageFormatException(
                    file, "must have sides of at most " + LONGEST_SIDE + " pixels, got " + width + "x" + height);
        }
    }

    /** Hides the color profile: the decoder would apply it, and believe whatever size a damaged one states. */
    static void hideProfile(WindowedImageInput bytes) throws IOException {
        byte[] first = new byte[FLAGS + 1 - FIRST_CHUNK];
        bytes.seek(FIRST_CHUNK);
        bytes.readFully(first);
        if (new String(first, 0, 4, StandardCharsets.US_ASCII).equals("VP8X")) {
            bytes.replace(FLAGS, first[first.length - 1] & ~PROFILE_FLAG);
        }
    }
}

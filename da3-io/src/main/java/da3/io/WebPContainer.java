package da3.io;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Checks and edits the container around the pixels of a WebP file.
 *
 * @see <a href="https://developers.google.com/speed/webp/docs/riff_container">WebP container</a>
 */
final class WebPContainer {

    /** Lossy and lossless images store their sides in 14 bits. */
    private static final int MAX_SIDE = 1 << 14;

    private static final int FIRST_CHUNK = 12;
    private static final int FLAGS = 20;
    private static final int PROFILE_FLAG = 0x20;

    private WebPContainer() {}

    /**
     * Checks the length of the file, because the decoder reads missing data as zeros.
     *
     * @throws ImageFormatException if the file is shorter than its header states
     */
    static void requireComplete(Path file, WindowedImageInput bytes) throws IOException {
        // "RIFF" is followed by the number of remaining bytes.
        bytes.setByteOrder(ByteOrder.LITTLE_ENDIAN);
        bytes.seek(4);
        if (bytes.fileSize() < 8 + bytes.readUnsignedInt()) {
            throw new ImageFormatException(file, "is truncated");
        }
    }

    /** Checks the size of the canvas, which the decoder allocates even if no image in it is that large. */
    static void requireSides(Path file, int width, int height) throws ImageFormatException {
        if (Math.max(width, height) > MAX_SIDE) {
            throw new ImageFormatException(
                    file, "must have sides of at most " + MAX_SIDE + " pixels, got " + width + "x" + height);
        }
    }

    /** Hides the color profile from the decoder, which would apply it and trust the size that a damaged one states. */
    static void hideProfile(WindowedImageInput bytes) throws IOException {
        byte[] first = new byte[FLAGS + 1 - FIRST_CHUNK];
        bytes.seek(FIRST_CHUNK);
        bytes.readFully(first);
        if (new String(first, 0, 4, StandardCharsets.US_ASCII).equals("VP8X")) {
            bytes.replace(FLAGS, first[first.length - 1] & ~PROFILE_FLAG);
        }
    }
}

package da3.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What is around the pixels of a WebP file.
 *
 * @see <a href="https://developers.google.com/speed/webp/docs/riff_container">the container</a>
 */
final class WebPContainer {

    private static final int FIRST_CHUNK = 12;
    private static final int FLAGS = 20;
    private static final int PROFILE_FLAG = 0x20;

    private WebPContainer() {}

    /**
     * The decoder takes what is missing for zeros.
     *
     * @throws ImageFormatException if the file ends before it says that it does
     */
    static void requireWhole(Path file, byte[] bytes) throws ImageFormatException {
        // "RIFF", then how many bytes follow.
        long following = Integer.toUnsignedLong(
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(4));
        if (bytes.length < 8 + following) {
            throw new ImageFormatException(file, "is cut short");
        }
    }

    /** Hides the colour profile: the decoder would apply it, and believe whatever size a damaged one states. */
    static void hideProfile(byte[] bytes) {
        String first =
                new String(bytes, FIRST_CHUNK, Math.min(4, bytes.length - FIRST_CHUNK), StandardCharsets.US_ASCII);
        if (first.equals("VP8X") && bytes.length > FLAGS) {
            bytes[FLAGS] &= ~PROFILE_FLAG;
        }
    }
}

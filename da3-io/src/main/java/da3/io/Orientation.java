package da3.io;

import da3.geometry.Image;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import javax.imageio.stream.ImageInputStream;

/**
 * The operation that makes stored pixels upright: values 1 to 8 of the EXIF tag 0x0112, named after what is done to the
 * pixels.
 *
 * @see <a href="https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf">EXIF 2.3, section 4.6.4</a>
 */
enum Orientation {
    UPRIGHT(false, false, false),
    MIRROR(false, true, false),
    TURN_HALF(false, true, true),
    FLIP(false, false, true),
    TRANSPOSE(true, false, false),
    TURN_RIGHT(true, true, false),
    TRANSVERSE(true, true, true),
    TURN_LEFT(true, false, true);

    private static final int TAG = 0x0112;
    private static final int TYPE_SHORT = 3;
    private static final int TIFF_MAGIC = 42;
    private static final int ENTRY_BYTES = 12;

    private final boolean transposed;
    private final boolean mirrored;
    private final boolean flipped;

    /** The operations are applied in the order of the parameters. */
    Orientation(boolean transposed, boolean mirrored, boolean flipped) {
        this.transposed = transposed;
        this.mirrored = mirrored;
        this.flipped = flipped;
    }

    /** Returns the size of the upright image. */
    ImageSize apply(ImageSize stored) {
        return transposed ? new ImageSize(stored.height(), stored.width()) : stored;
    }

    Image apply(Image stored) {
        if (this == UPRIGHT) {
            return stored;
        }
        int width = transposed ? stored.height() : stored.width();
        int height = transposed ? stored.width() : stored.height();
        byte[] from = stored.rgb();
        byte[] rgb = new byte[from.length];
        for (int y = 0, to = 0; y < height; y++) {
            int v = flipped ? height - 1 - y : y;
            for (int x = 0; x < width; x++, to += 3) {
                int u = mirrored ? width - 1 - x : x;
                int at = 3 * (transposed ? u * stored.width() + v : v * stored.width() + u);
                rgb[to] = from[at];
                rgb[to + 1] = from[at + 1];
                rgb[to + 2] = from[at + 2];
            }
        }
        return new Image(width, height, rgb);
    }

    /** Reads the orientation from the EXIF data; {@link #UPRIGHT} if there are none or they are damaged. */
    static Orientation read(ImageFormat format, ImageInputStream in) throws IOException {
        try {
            OptionalLong tiff = tiff(format, in);
            return tiff.isPresent() ? ofDirectory(in, tiff.getAsLong()) : UPRIGHT;
        } catch (EOFException | IndexOutOfBoundsException e) {
            // An offset points beyond the end of the file; far beyond it the stream throws the second exception.
            return UPRIGHT;
        }
    }

    /** Returns the offset of the TIFF structure with the EXIF data. */
    private static OptionalLong tiff(ImageFormat format, ImageInputStream in) throws IOException {
        return switch (format) {
            case JPEG -> JpegHeader.read(in).exif();
            case TIFF -> OptionalLong.of(0);
            case BMP -> OptionalLong.empty();
            case PNG -> pngChunk(in);
            case WEBP -> riffChunk(in);
        };
    }

    private static OptionalLong pngChunk(ImageInputStream in) throws IOException {
        in.setByteOrder(ByteOrder.BIG_ENDIAN);
        for (long at = 8; ; ) {
            in.seek(at);
            long length = in.readUnsignedInt();
            String type = fourLetters(in);
            if (type.equals("eXIf")) {
                return OptionalLong.of(in.getStreamPosition());
            }
            if (type.equals("IEND")) {
                return OptionalLong.empty();
            }
            at += 12 + length; // the length excludes itself, the type and the checksum
        }
    }

    private static OptionalLong riffChunk(ImageInputStream in) throws IOException {
        in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
        for (long at = 12; ; ) {
            in.seek(at);
            String type = fourLetters(in);
            long length = in.readUnsignedInt();
            if (type.equals("EXIF")) {
                long start = in.getStreamPosition();
                // Some encoders write the prefix that JPEG requires.
                return OptionalLong.of(fourLetters(in).equals("Exif") ? start + 6 : start);
            }
            at += 8 + length + (length & 1);
        }
    }

    private static String fourLetters(ImageInputStream in) throws IOException {
        byte[] letters = new byte[4];
        in.readFully(letters);
        return new String(letters, StandardCharsets.ISO_8859_1);
    }

    /** Reads the orientation from the first directory of a TIFF structure. */
    private static Orientation ofDirectory(ImageInputStream in, long tiff) throws IOException {
        in.seek(tiff);
        in.setByteOrder(in.readUnsignedByte() == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        in.readUnsignedByte();
        if (in.readUnsignedShort() != TIFF_MAGIC) {
            return UPRIGHT;
        }
        long directory = tiff + in.readUnsignedInt();
        in.seek(directory);
        int entries = in.readUnsignedShort();
        for (int i = 0; i < entries; i++) {
            in.seek(directory + 2 + (long) ENTRY_BYTES * i);
            if (in.readUnsignedShort() == TAG && in.readUnsignedShort() == TYPE_SHORT) {
                in.readUnsignedInt();
                int value = in.readUnsignedShort();
                return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
            }
        }
        return UPRIGHT;
    }
}

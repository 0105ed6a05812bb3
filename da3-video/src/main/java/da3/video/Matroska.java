package da3.video;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads the stated length of an MKV or WebM file, because FFmpeg treats the end of a truncated file as its regular end.
 */
final class Matroska {

    private static final int HEADER = 0x1A45DFA3;
    private static final int SEGMENT = 0x18538067;

    private Matroska() {}

    /** Returns the offset of the end of the segment, or 0 if the file does not state it, as in live recordings. */
    static long end(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            if (in.readInt() != HEADER) {
                return 0;
            }
            Size header = Size.read(in);
            in.skipNBytes(header.value);
            if (in.readInt() != SEGMENT) {
                return 0;
            }
            Size segment = Size.read(in);
            return segment.unknown() ? 0 : 8L + header.bytes + header.value + segment.bytes + segment.value;
        } catch (EOFException e) {
            return 0;
        }
    }

    /**
     * A number of variable length, which the leading zero bits encode.
     *
     * @param bytes 1 to 8
     */
    private record Size(int bytes, long value) {

        static Size read(DataInputStream in) throws IOException {
            int first = in.readUnsignedByte();
            if (first == 0) {
                throw new EOFException("no size");
            }
            int bytes = Integer.numberOfLeadingZeros(first) - 23;
            long value = first & (0xff >> bytes);
            for (int i = 1; i < bytes; i++) {
                value = value << 8 | in.readUnsignedByte();
            }
            return new Size(bytes, value);
        }

        /** Returns whether all bits are 1, which means an unknown size. */
        boolean unknown() {
            return value == (1L << 7 * bytes) - 1;
        }
    }
}

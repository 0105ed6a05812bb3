package da3.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads the values of a PLY file in order. */
interface PlyValues {

    /**
     * Returns the next value.
     *
     * @throws EOFException if the file ends before the value does
     */
    double next(PlyHeader.Type type) throws IOException;

    /** Returns a reader of binary values. */
    static PlyValues binary(InputStream in, ByteOrder order) {
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES).order(order);
        return type -> {
            if (in.readNBytes(bytes.array(), 0, type.bytes()) < type.bytes()) {
                throw new EOFException();
            }
            return switch (type) {
                case CHAR -> bytes.get(0);
                case UCHAR -> bytes.get(0) & 0xff;
                case SHORT -> bytes.getShort(0);
                case USHORT -> bytes.getShort(0) & 0xffff;
                case INT -> bytes.getInt(0);
                case UINT -> Integer.toUnsignedLong(bytes.getInt(0));
                case FLOAT -> bytes.getFloat(0);
                case DOUBLE -> bytes.getDouble(0);
            };
        };
    }

    /** Returns a reader of numbers in text form, separated by whitespace. */
    static PlyValues text(InputStream in) {
        StringBuilder word = new StringBuilder();
        return type -> {
            word.setLength(0);
            int c = in.read();
            while (c >= 0 && c <= ' ') {
                c = in.read();
            }
            if (c < 0) {
                throw new EOFException();
            }
            for (; c > ' '; c = in.read()) {
                if (word.length() == 100) {
                    throw new NumberFormatException(word + "...");
                }
                word.append((char) c);
            }
            return Double.parseDouble(word.toString());
        };
    }
}

package da3.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes the elements of a PLY file, value by value. */
abstract class PlyLine {

    static PlyLine of(PlyFormat format) {
        return format == PlyFormat.ASCII ? new TextLine() : new BinaryLine();
    }

    abstract void value(float value);

    abstract void value(byte value);

    abstract void value(int value);

    abstract void end(OutputStream out) throws IOException;

    void floats(float[] values, int at) {
        for (int c = 0; c < 3; c++) {
            value(values[at + c]);
        }
    }

    void bytes(byte[] values, int at) {
        for (int c = 0; c < 3; c++) {
            value(values[at + c]);
        }
    }

    void triangle(int[] values, int at) {
        value((byte) 3);
        for (int c = 0; c < 3; c++) {
            value(values[at + c]);
        }
    }

    private static final class BinaryLine extends PlyLine {

        private final ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);

        @Override
        void value(float value) {
            bytes.putFloat(value);
        }

        @Override
        void value(byte value) {
            bytes.put(value);
        }

        @Override
        void value(int value) {
            bytes.putInt(value);
        }

        @Override
        void end(OutputStream out) throws IOException {
            out.write(bytes.array(), 0, bytes.position());
            bytes.clear();
        }
    }

    private static final class TextLine extends PlyLine {

        private final StringBuilder text = new StringBuilder();

        @Override
        void value(float value) {
            text.append(text.isEmpty() ? "" : " ").append(value);
        }

        @Override
        void value(byte value) {
            value(value & 0xff);
        }

        @Override
        void value(int value) {
            text.append(text.isEmpty() ? "" : " ").append(value);
        }

        @Override
        void end(OutputStream out) throws IOException {
            out.write(text.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
            text.setLength(0);
        }
    }
}

package da3.io;

import java.io.IOException;
import java.io.InputStream;
import javax.imageio.IIOException;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * An image file's bytes, kept in memory. Some decoders take what is missing after the end for zeros, and ask for it bit
 * by bit: a small file that promises many pixels would keep them busy for hours. Here they are stopped.
 */
final class FileImageBytes extends MemoryCacheImageInputStream {

    /** Decoders look a little ahead, and ask again. */
    private static final int PATIENCE = 10_000;

    private int readsPastTheEnd;

    FileImageBytes(InputStream bytes) {
        super(bytes);
    }

    @Override
    public int read() throws IOException {
        return counted(super.read());
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        return counted(super.read(into, offset, length));
    }

    private int counted(int result) throws IOException {
        if (result < 0 && ++readsPastTheEnd > PATIENCE) {
            throw new IIOException("the image goes on after the end of the file");
        }
        return result;
    }
}

package da3.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.IIOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * An image file's bytes, of which one small window is in memory at a time. Some decoders take what is missing after the
 * end for zeros, and ask for it bit by bit: a small file that promises many pixels would keep them busy for hours. Here
 * they are stopped.
 */
final class WindowedImageInput extends ImageInputStreamImpl {

    /** Channels keep a direct buffer of the largest read in every thread, so reads are small. */
    private static final int WINDOW_BYTES = 1 << 15;

    /** Decoders look a little ahead, and ask again. */
    private static final int PATIENCE = 10_000;

    private final SeekableByteChannel file;
    private final byte[] window = new byte[WINDOW_BYTES];
    private final Map<Long, Byte> replaced = new HashMap<>();
    private long windowStart;
    private int windowLength;
    private int readsPastTheEnd;

    WindowedImageInput(Path file) throws IOException {
        this.file = Files.newByteChannel(file);
    }

    long fileSize() throws IOException {
        return file.size();
    }

    /** Gives the decoder another byte at a position than the file has. */
    void replace(long position, int value) {
        replaced.put(position, (byte) value);
        windowLength = 0;
    }

    @Override
    public int read() throws IOException {
        checkClosed();
        bitOffset = 0;
        if (!fill()) {
            return pastTheEnd();
        }
        return window[(int) (streamPos++ - windowStart)] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        checkClosed();
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return pastTheEnd();
        }
        int from = (int) (streamPos - windowStart);
        int count = Math.min(length, windowLength - from);
        System.arraycopy(window, from, into, offset, count);
        streamPos += count;
        return count;
    }

    /** Moves the window to the stream's position if it is elsewhere; false at the end of the file. */
    private boolean fill() throws IOException {
        if (streamPos >= windowStart && streamPos < windowStart + windowLength) {
            return true;
        }
        windowLength = 0;
        windowStart = streamPos;
        file.position(windowStart);
        int count = file.read(ByteBuffer.wrap(window));
        if (count <= 0) {
            return false;
        }
        windowLength = count;
        replaced.forEach((position, value) -> {
            if (position >= windowStart && position < windowStart + windowLength) {
                window[(int) (position - windowStart)] = value;
            }
        });
        return true;
    }

    private int pastTheEnd() throws IOException {
        if (++readsPastTheEnd > PATIENCE) {
            throw new IIOException("the image goes on after the end of the file");
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        super.close();
        file.close();
    }
}

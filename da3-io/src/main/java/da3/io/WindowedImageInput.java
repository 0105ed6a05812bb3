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
 * An input stream for decoders that holds a small window of the file in memory and limits reads past the end. Some
 * decoders read missing data as zeros, bit by bit, so a small file with a large stated size would otherwise take hours.
 */
final class WindowedImageInput extends ImageInputStreamImpl {

    /** Small, because file channels keep a direct buffer of the largest read size in every thread. */
    private static final int WINDOW_BYTES = 1 << 15;

    /** Decoders read ahead a little and retry at the end. */
    private static final int MAX_READS_PAST_END = 10_000;

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

    /** Replaces the byte at a position of the file for the decoder. */
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

    /** Moves the window to the position of the stream if necessary; returns false at the end of the file. */
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
        if (++readsPastTheEnd > MAX_READS_PAST_END) {
            throw new IIOException("the file ends before the image");
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        super.close();
        file.close();
    }
}

package da3.video;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** The bytes of a pipe for FFmpeg. Another thread can end them while FFmpeg waits for more. */
final class PipeBytes extends Read_packet_Pointer_BytePointer_int {

    private final LiveInput input;
    private final Object lock = new Object();
    private FileChannel channel; // guarded by lock; null until the pipe is open
    private boolean ended; // guarded by lock

    PipeBytes(LiveInput input) {
        this.input = input;
    }

    /** Opens the pipe. A named pipe waits until another program opens it for writing, or {@link #end} is called. */
    void open() throws IOException {
        FileChannel opened = input.kind() == LiveInput.Kind.STANDARD_INPUT
                ? new FileInputStream(FileDescriptor.in).getChannel()
                : FileChannel.open(Path.of(input.address()), StandardOpenOption.READ);
        synchronized (lock) {
            channel = opened;
            if (ended) {
                channel.close();
            }
        }
    }

    /** Reads bytes into FFmpeg's buffer and returns their number, or the end. */
    @Override
    public int call(Pointer opaque, BytePointer buffer, int size) {
        try {
            int read = channel().read(buffer.capacity(size).asByteBuffer());
            return read < 0 ? avutil.AVERROR_EOF : read;
        } catch (IOException e) { // closed by end(), or what was written is lost
            return avutil.AVERROR_EOF;
        }
    }

    private FileChannel channel() {
        synchronized (lock) {
            return channel;
        }
    }

    /** Ends the bytes and closes the pipe. To be repeated until the reading thread has ended. */
    void end() throws IOException {
        FileChannel open;
        synchronized (lock) {
            ended = true;
            open = channel;
        }
        if (open != null) {
            open.close();
        } else if (input.kind() == LiveInput.Kind.NAMED_PIPE) {
            // The reader waits for a writer. A pipe that is opened for both does not wait for a reader.
            new RandomAccessFile(input.address(), "rw").close();
        }
    }
}

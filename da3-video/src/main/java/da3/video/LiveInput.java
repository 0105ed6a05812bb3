package da3.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A source of live video: a camera, a pipe or an address in a network.
 *
 * @param kind kind of the source
 * @param address path of a camera or a named pipe, a URL, or nothing for the standard input
 */
public record LiveInput(Kind kind, String address) {

    /** Kinds of sources. */
    public enum Kind {
        /** A V4L2 device of Linux. */
        CAMERA,
        /** A named pipe, into which another program writes a video of any format that can be read in one pass. */
        NAMED_PIPE,
        /** The standard input of this process. */
        STANDARD_INPUT,
        /** An address that FFmpeg reads, such as {@code rtsp://} or {@code http://}. */
        URL
    }

    private static final String CAMERA = "camera:";
    private static final String PIPE = "pipe:";

    private static final int FILE_TYPE = 0170000; // S_IFMT
    private static final int FIFO = 0010000; // S_IFIFO

    /** Returns a V4L2 device, for instance {@code /dev/video0}. */
    public static LiveInput camera(Path device) {
        return new LiveInput(Kind.CAMERA, device.toString());
    }

    /** Returns a named pipe. */
    public static LiveInput pipe(Path pipe) {
        return new LiveInput(Kind.NAMED_PIPE, pipe.toString());
    }

    /** Returns the standard input of this process. */
    public static LiveInput standardInput() {
        return new LiveInput(Kind.STANDARD_INPUT, "");
    }

    /**
     * Returns the source that a text means: {@code camera:DEVICE} or a path such as {@code /dev/video0}, {@code pipe:}
     * for the standard input, {@code pipe:FILE} or the path of a named pipe, or a URL with {@code ://}. Empty if it is
     * none of these.
     */
    public static Optional<LiveInput> parse(String text) {
        if (text.startsWith(CAMERA)) {
            return Optional.of(camera(Path.of(text.substring(CAMERA.length()))));
        }
        if (text.equals(PIPE)) {
            return Optional.of(standardInput());
        }
        if (text.startsWith(PIPE)) {
            return Optional.of(pipe(Path.of(text.substring(PIPE.length()))));
        }
        if (text.contains("://")) {
            return Optional.of(new LiveInput(Kind.URL, text));
        }
        if (text.matches("/dev/video\\d+")) {
            return Optional.of(camera(Path.of(text)));
        }
        return isNamedPipe(Path.of(text)) ? Optional.of(pipe(Path.of(text))) : Optional.empty();
    }

    private static boolean isNamedPipe(Path path) {
        try {
            return Files.getAttribute(path, "unix:mode", new LinkOption[0]) instanceof Integer mode
                    && (mode & FILE_TYPE) == FIFO;
        } catch (IOException | UnsupportedOperationException e) {
            return false; // does not exist, or the system has no named pipes among its files
        }
    }

    /** Returns the name of the source in messages. */
    @Override
    public String toString() {
        return kind == Kind.STANDARD_INPUT ? "the standard input" : address;
    }
}

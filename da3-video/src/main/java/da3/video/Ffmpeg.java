package da3.video;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avutil;

/** Helpers for calls of FFmpeg. */
final class Ffmpeg {

    private static final int MAX_REASON_BYTES = 256;

    private Ffmpeg() {}

    /** Disables FFmpeg's log, which prints to standard error by default. */
    static void disableLog() {
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    }

    /** Returns a URL that FFmpeg always treats as a local file, whatever its name. */
    static String url(Path file) {
        return "file:" + file.toAbsolutePath();
    }

    /**
     * Returns the result of an FFmpeg call, or throws if it is negative.
     *
     * @param source path of the file, or name of the stream
     * @param failure predicate of the error message after the source
     */
    static int check(int code, Object source, String failure) throws VideoException {
        if (code < 0) {
            throw new VideoException(source, failure + " (" + reason(code) + ")");
        }
        return code;
    }

    static <T> T required(T pointer, Object source, String failure) throws VideoException {
        if (pointer == null) {
            throw new VideoException(source, failure);
        }
        return pointer;
    }

    /** Returns what FFmpeg says about an error code. */
    static String reason(int code) {
        byte[] text = new byte[MAX_REASON_BYTES];
        avutil.av_strerror(code, text, text.length);
        int length = 0;
        while (length < text.length && text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }
}

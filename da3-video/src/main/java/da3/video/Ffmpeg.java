package da3.video;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avutil;

/** What reading and writing have in common. */
final class Ffmpeg {

    private static final int LONGEST_REASON = 256;

    private Ffmpeg() {}

    /** FFmpeg prints to standard error by default; a library has no business there. */
    static void beSilent() {
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    }

    /** A path that no file name can turn into the address of something else. */
    static String url(Path file) {
        return "file:" + file.toAbsolutePath();
    }

    /**
     * @param code what FFmpeg returned; below 0 is a failure
     * @param what how the sentence goes on after the file's name
     */
    static int check(int code, Path file, String what) throws VideoException {
        if (code < 0) {
            throw new VideoException(file, what + " (" + reason(code) + ")");
        }
        return code;
    }

    static <T> T required(T pointer, Path file, String what) throws VideoException {
        if (pointer == null) {
            throw new VideoException(file, what);
        }
        return pointer;
    }

    private static String reason(int code) {
        byte[] text = new byte[LONGEST_REASON];
        avutil.av_strerror(code, text, text.length);
        int length = 0;
        while (length < text.length && text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }
}

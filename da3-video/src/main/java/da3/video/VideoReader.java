package da3.video;

import da3.geometry.Image;
import da3.geometry.check.Check;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Reads the frames of a video (MP4, MOV, M4V, MKV, WebM, AVI, FLV, WMV) at a requested rate: from a video of {@code v}
 * frames per second every {@code max(1, floor(v / fps))}-th frame, beginning with the first. Only one frame is in
 * memory at a time. Source: the reference's {@code services/input_handlers.py}.
 *
 * <p>Frames are rotated upright as the file states, and frames with non-square pixels are scaled horizontally; the
 * reference does not do both in all cases. A frame that cannot be decoded ends the reading with an
 * {@link UncheckedIOException}.
 */
public final class VideoReader implements Iterator<Image>, AutoCloseable {

    /**
     * Minimum requested rate, one frame in 100 seconds. It bounds the time for the next frame, because all frames in
     * between are decoded.
     */
    public static final double MIN_FRAMES_PER_SECOND = 0.01;

    static final List<String> EXTENSIONS = List.of(".mp4", ".mov", ".m4v", ".mkv", ".webm", ".avi", ".flv", ".wmv");

    private final Path file;
    private final VideoDecoder decoder;
    private final FramePixels pixels;
    private final Upright upright;
    private final double framesPerSecond;
    private final int interval;
    private final int storedWidth;
    private final int storedHeight;

    /** The decoded frame that {@link #next} returns; null after the last. */
    private AVFrame ahead;

    private VideoReader(Path file, VideoDecoder decoder, double fps) throws IOException {
        this.file = file;
        this.decoder = decoder;
        pixels = new FramePixels(file);
        upright = decoder.stream().upright();
        ahead = decoder.next();
        if (ahead == null) {
            throw new VideoException(file, "has no frames");
        }
        framesPerSecond = decoder.stream().framesPerSecond();
        if (!(framesPerSecond > 0)) {
            throw new VideoException(file, "does not state its frame rate");
        }
        interval = (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.floor(framesPerSecond / fps)));
        storedWidth =
                (int) Math.max(1, Math.rint(ahead.width() * decoder.stream().pixelAspect(ahead)));
        storedHeight = ahead.height();
        VideoStream.requireSize(file, storedWidth, storedHeight);
    }

    /**
     * Opens a video and decodes its first frame.
     *
     * @param fps requested frames per second, at least {@link #MIN_FRAMES_PER_SECOND}; if the video has fewer, all are
     *     read
     * @throws IllegalArgumentException if fps is lower or not finite
     * @throws java.nio.file.NoSuchFileException if the file does not exist
     * @throws VideoException if the file has another format, no video stream or no frames, or is damaged or truncated
     */
    public static VideoReader open(Path file, double fps) throws IOException {
        if (!(fps >= MIN_FRAMES_PER_SECOND && Double.isFinite(fps))) {
            throw Check.invalid("frames per second", "at least " + MIN_FRAMES_PER_SECOND + " and finite", fps);
        }
        VideoDecoder decoder = VideoDecoder.open(file);
        try {
            return new VideoReader(file, decoder, fps);
        } catch (IOException | RuntimeException | Error e) {
            decoder.close();
            throw e;
        }
    }

    /** Returns whether a file has the extension of a supported format, in any case. */
    public static boolean hasVideoExtension(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return EXTENSIONS.stream().anyMatch(name::endsWith);
    }

    /** Returns the frame rate of the video, not the requested one. */
    public double framesPerSecond() {
        return framesPerSecond;
    }

    /** Returns the interval n: every n-th frame of the video is read. */
    public int interval() {
        return interval;
    }

    /** Returns the duration that the file states in seconds, or 0 if it states none. */
    public double seconds() {
        return decoder.seconds();
    }

    /** Returns the width of the upright frames in pixels. */
    public int width() {
        return upright.swapsSides() ? storedHeight : storedWidth;
    }

    /** Returns the height of the upright frames in pixels. */
    public int height() {
        return upright.swapsSides() ? storedWidth : storedHeight;
    }

    @Override
    public boolean hasNext() {
        return ahead != null;
    }

    /**
     * Returns the next frame.
     *
     * @throws UncheckedIOException with a {@link VideoException} if the video is damaged or truncated, or with an
     *     {@link InterruptedIOException} if the thread is interrupted; the interrupt status stays set
     * @throws NoSuchElementException after the last frame
     */
    @Override
    public Image next() {
        if (ahead == null) {
            throw new NoSuchElementException("there are no more frames");
        }
        try {
            Image image = upright.turn(pixels.image(ahead, storedWidth, storedHeight));
            for (int i = 0; i < interval && ahead != null; i++) {
                requireNoInterrupt();
                ahead = decoder.next();
            }
            return image;
        } catch (VideoException | InterruptedIOException e) {
            close();
            throw new UncheckedIOException(e);
        }
    }

    private void requireNoInterrupt() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException(file + ": reading was interrupted");
        }
    }

    /** Frees native memory; a second call does nothing. */
    @Override
    public void close() {
        ahead = null;
        pixels.close();
        decoder.close();
    }
}

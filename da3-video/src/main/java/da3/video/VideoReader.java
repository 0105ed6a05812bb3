package da3.video;

import da3.geometry.Image;
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
 * Reads a video frame by frame (MP4, MOV, M4V, MKV, WebM, AVI, FLV, WMV), after the reference's
 * {@code services/input_handlers.py}: of a video of {@code v} frames a second every {@code max(1, floor(v / fps))}-th, from
 * the first. One frame is held at a time.
 *
 * <p>Frames are turned upright as the file says, and pixels that are not square are made so by widening or narrowing
 * the frame; the reference does neither to all of them. A frame that cannot be decoded ends the reading with an
 * {@link UncheckedIOException}.
 */
public final class VideoReader implements Iterator<Image>, AutoCloseable {

    /**
     * The fewest frames a second that can be asked for, one in 100 seconds: all frames between are decoded before the
     * next is given.
     */
    public static final double MIN_FRAMES_PER_SECOND = 0.01;

    private static final List<String> EXTENSIONS =
            List.of(".mp4", ".mov", ".m4v", ".mkv", ".webm", ".avi", ".flv", ".wmv");

    private final Path file;
    private final VideoDecoder decoder;
    private final FramePixels pixels;
    private final Upright upright;
    private final double framesPerSecond;
    private final int interval;
    private final int storedWidth;
    private final int storedHeight;

    /** Decoded and not yet given away; null after the last. */
    private AVFrame ahead;

    private VideoReader(Path file, VideoDecoder decoder, double fps) throws IOException {
        this.file = file;
        this.decoder = decoder;
        pixels = new FramePixels(file);
        upright = decoder.upright();
        ahead = decoder.next();
        if (ahead == null) {
            throw new VideoException(file, "has no frames");
        }
        framesPerSecond = decoder.framesPerSecond();
        if (!(framesPerSecond > 0)) {
            throw new VideoException(file, "does not say how many frames a second it has");
        }
        interval = (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.floor(framesPerSecond / fps)));
        storedWidth = (int) Math.max(1, Math.rint(ahead.width() * decoder.pixelAspect(ahead)));
        storedHeight = ahead.height();
        VideoDecoder.requireSize(file, storedWidth, storedHeight);
    }

    /**
     * Opens a video and decodes its first frame.
     *
     * @param fps frames wanted a second, at least {@link #MIN_FRAMES_PER_SECOND}; more than the video has give all of them
     * @throws IllegalArgumentException if fps is lower or not finite
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws VideoException if it is no such video, has no video stream or no frames, or is damaged or cut short
     */
    public static VideoReader open(Path file, double fps) throws IOException {
        if (!(fps >= MIN_FRAMES_PER_SECOND && Double.isFinite(fps))) {
            throw new IllegalArgumentException(
                    "frames a second must be at least " + MIN_FRAMES_PER_SECOND + " and finite, got " + fps);
        }
        VideoDecoder decoder = VideoDecoder.open(file);
        try {
            return new VideoReader(file, decoder, fps);
        } catch (IOException | RuntimeException | Error e) {
            decoder.close();
            throw e;
        }
    }

    /** Whether a file is called like a video that can be read. */
    public static boolean isNamedLikeOne(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return EXTENSIONS.stream().anyMatch(name::endsWith);
    }

    /** Of the video itself. */
    public double framesPerSecond() {
        return framesPerSecond;
    }

    /** Each so many frames one is given. */
    public int interval() {
        return interval;
    }

    /** How long the file says that it is, in seconds; 0 where it does not. */
    public double seconds() {
        return decoder.seconds();
    }

    /** Of the frames given, in pixels. */
    public int width() {
        return upright.swapsSides() ? storedHeight : storedWidth;
    }

    /** Of the frames given, in pixels. */
    public int height() {
        return upright.swapsSides() ? storedWidth : storedHeight;
    }

    @Override
    public boolean hasNext() {
        return ahead != null;
    }

    /**
     * @throws UncheckedIOException if the video turns out to be damaged or cut short, or of an
     *     {@link InterruptedIOException} if the thread is interrupted, which it still is afterwards
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

    /** Gives back all native memory; a second call does nothing. */
    @Override
    public void close() {
        ahead = null;
        pixels.close();
        decoder.close();
    }
}

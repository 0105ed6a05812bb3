package da3.io;

import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;

/** Stops a decoder when its thread is interrupted or a time limit is exceeded. */
class DecodingWatchdog implements IIOReadProgressListener {

    private final Path file;
    private final Duration limit;
    private final long start = System.nanoTime();
    private boolean late;

    DecodingWatchdog(Path file, Duration limit) {
        this.file = file;
        this.limit = limit;
    }

    /**
     * Throws if the decoder was stopped. Call it after decoding and before reporting an error of the decoder: a stopped
     * decoder returns an incomplete image or throws an arbitrary exception.
     *
     * @throws InterruptedIOException if the thread was interrupted; the interrupt status stays set
     * @throws ImageFormatException if the time limit was exceeded
     */
    void requireNotStopped() throws InterruptedIOException, ImageFormatException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException(file + ": reading was interrupted");
        }
        if (late) {
            throw new ImageFormatException(file, "takes longer than " + limit.toSeconds() + " s to decode");
        }
    }

    private void check(ImageReader reader) {
        late |= System.nanoTime() - start > limit.toNanos();
        if (late || Thread.currentThread().isInterrupted()) {
            reader.abort();
        }
    }

    @Override
    public void imageProgress(ImageReader reader, float percentage) {
        check(reader);
    }

    @Override
    public void imageStarted(ImageReader reader, int image) {
        // Decoders clear their abort flag when they start, so the first check comes with the first row.
    }

    @Override
    public void imageComplete(ImageReader reader) {
        // A complete image is kept.
    }

    @Override
    public void sequenceStarted(ImageReader reader, int firstImage) {
        // Sequences are not read.
    }

    @Override
    public void sequenceComplete(ImageReader reader) {
        // Sequences are not read.
    }

    @Override
    public void thumbnailStarted(ImageReader reader, int image, int thumbnail) {
        // Thumbnails are not read.
    }

    @Override
    public void thumbnailProgress(ImageReader reader, float percentage) {
        // Thumbnails are not read.
    }

    @Override
    public void thumbnailComplete(ImageReader reader) {
        // Thumbnails are not read.
    }

    @Override
    public void readAborted(ImageReader reader) {
        // requireNotStopped reports it.
    }
}

package da3.io;

import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;

/** Stops a decoder whose thread was interrupted or that takes too long. */
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
     * Must be asked after decoding, and before an error of the decoder is believed: a stopped decoder returns what it has
     * or throws anything.
     *
     * @throws InterruptedIOException if the thread was interrupted; it still is
     * @throws ImageFormatException if the time was over
     */
    void requireUndisturbed() throws InterruptedIOException, ImageFormatException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException(file + ": reading was interrupted");
        }
        if (late) {
            throw new ImageFormatException(file, "takes longer than " + limit.toSeconds() + " s to decode");
        }
    }

    private void look(ImageReader reader) {
        late |= System.nanoTime() - start > limit.toNanos();
        if (late || Thread.currentThread().isInterrupted()) {
            reader.abort();
        }
    }

    @Override
    public void imageProgress(ImageReader reader, float percentage) {
        look(reader);
    }

    @Override
    public void imageStarted(ImageReader reader, int image) {
        // Decoders forget at the start that they were stopped; the first row asks again.
    }

    @Override
    public void imageComplete(ImageReader reader) {
        // What was decoded in full is kept.
    }

    @Override
    public void sequenceStarted(ImageReader reader, int firstImage) {
        // Single images are read.
    }

    @Override
    public void sequenceComplete(ImageReader reader) {
        // Single images are read.
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
        // Said by requireUndisturbed.
    }
}

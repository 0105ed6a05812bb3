package da3.video;

import da3.files.PartialOutput;
import da3.geometry.Image;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes an MP4 file that browsers play: H.264 by openh264, 4:2:0, BT.709, the index in front. It is written beside its
 * place and moved there by {@link #commit}; a writer that is closed without that leaves nothing.
 *
 * <p>4:2:0 has no odd sizes: an odd width or height grows by one pixel, which repeats the last column or row.
 */
public final class VideoWriter implements AutoCloseable {

    private static final int SMALLEST = 16;

    /** H.264's level 5.2, which is as far as openh264 goes: 36864 blocks of 16x16 pixels. */
    private static final int MAX_BLOCKS = 36_864;

    private static final int BLOCK = 16;

    private final Path target;
    private final PartialOutput partial;
    private final int width;
    private final int height;
    private final VideoEncoder encoder;
    private boolean open = true;

    private VideoWriter(Path target, PartialOutput partial, int width, int height, VideoEncoder encoder) {
        this.target = target;
        this.partial = partial;
        this.width = width;
        this.height = height;
        this.encoder = encoder;
    }

    /**
     * Checks the size that the frames of a video are to have.
     *
     * @throws IllegalArgumentException if a video cannot have it
     */
    public static void requireSize(int width, int height) {
        long blocks = (width + (BLOCK - 1L)) / BLOCK * ((height + (BLOCK - 1L)) / BLOCK);
        if (width < SMALLEST || height < SMALLEST || blocks > MAX_BLOCKS) {
            throw new IllegalArgumentException("a video must be from " + SMALLEST + "x" + SMALLEST
                    + " pixels up to the area of 4096x2304, got " + width + "x" + height);
        }
    }

    /**
     * Starts a video; its directory must exist.
     *
     * @param width of every frame, from 16 pixels; together with the height up to level 5.2 of H.264 (4096x2304)
     * @throws VideoException if it cannot be written there
     * @throws IllegalArgumentException if a video cannot have this size
     */
    public static VideoWriter create(Path file, int width, int height, VideoOptions options) throws IOException {
        requireSize(width, height);
        PartialOutput partial = PartialOutput.beside(file);
        try {
            VideoEncoder encoder =
                    VideoEncoder.open(file, partial.path(), width + width % 2, height + height % 2, options);
            return new VideoWriter(file, partial, width, height, encoder);
        } catch (IOException | RuntimeException | Error e) {
            partial.close();
            throw e;
        }
    }

    /**
     * @throws IllegalArgumentException if the frame differs in size from what the video was started with
     * @throws IllegalStateException after {@link #commit} or {@link #close}
     */
    public void write(Image frame) throws IOException {
        requireOpen();
        if (frame.width() != width || frame.height() != height) {
            throw new IllegalArgumentException("frame is " + frame + "; legal: " + width + "x" + height);
        }
        encoder.write(frame);
    }

    /**
     * Finishes the file, puts it in its place and gives its path.
     *
     * @throws VideoException if no frame was written, or the disk is full
     * @throws IllegalStateException after {@link #commit} or {@link #close}
     */
    public Path commit() throws IOException {
        requireOpen();
        open = false;
        encoder.finish();
        partial.commit();
        return target;
    }

    private void requireOpen() {
        if (!open) {
            throw new IllegalStateException(target + " is closed; legal: frames, and then one commit, before that");
        }
    }

    /** Gives back all native memory, and removes what was not committed; a second call does nothing. */
    @Override
    public void close() throws IOException {
        open = false;
        encoder.close();
        partial.close();
    }
}

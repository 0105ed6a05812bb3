package da3.video;

import da3.files.PartialOutput;
import da3.geometry.Image;
import da3.geometry.check.Check;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes an MP4 file that browsers can play: H.264 by openh264, 4:2:0, BT.709, with the index at the start. Frames are
 * written to a temporary file that {@link #commit} renames; closing without a commit deletes it.
 *
 * <p>4:2:0 requires even sides: an odd width or height is increased by one pixel, which repeats the last column or row.
 */
public final class VideoWriter implements AutoCloseable {

    private static final int MIN_SIDE = 16;

    /** Limit of H.264 level 5.2, the highest of openh264, in blocks of 16x16 pixels. */
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
     * Checks the size of the frames of a video.
     *
     * @throws IllegalArgumentException if a side is below 16 pixels or the area is above 4096x2304
     */
    public static void requireSize(int width, int height) {
        long blocks = (width + (BLOCK - 1L)) / BLOCK * ((height + (BLOCK - 1L)) / BLOCK);
        if (width < MIN_SIDE || height < MIN_SIDE || blocks > MAX_BLOCKS) {
            throw Check.invalid(
                    "size of a video",
                    "at least " + MIN_SIDE + "x" + MIN_SIDE + " and at most the area of 4096x2304",
                    width + "x" + height);
        }
    }

    /**
     * Starts a video in an existing directory.
     *
     * @param width of the frames in pixels, at least 16
     * @param height of the frames in pixels, at least 16
     * @throws VideoException if the file cannot be written
     * @throws IllegalArgumentException if a video cannot have this size, as in {@link #requireSize}
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
     * Appends a frame.
     *
     * @throws IllegalArgumentException if the frame has another size than the video
     * @throws IllegalStateException after {@link #commit} or {@link #close}
     */
    public void write(Image frame) throws IOException {
        requireOpen();
        if (frame.width() != width || frame.height() != height) {
            throw Check.invalid("size of a frame", width + "x" + height, frame.width() + "x" + frame.height());
        }
        encoder.write(frame);
    }

    /**
     * Finishes the file, moves it to its final path and returns this path.
     *
     * @throws VideoException if no frame was written or the file cannot be written, for instance because the disk is
     *     full
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
            throw new IllegalStateException("the writer of " + target + " is committed or closed");
        }
    }

    /** Frees native memory and deletes a file that was not committed; a second call does nothing. */
    @Override
    public void close() throws IOException {
        open = false;
        encoder.close();
        partial.close();
    }
}

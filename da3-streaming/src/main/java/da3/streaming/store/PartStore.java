package da3.streaming.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The predicted windows of a part on disk, in a file of their own such as {@code part-2-of-3.da3s}. Windows are
 * appended whole. One process at a time can open the file.
 */
public final class PartStore implements AutoCloseable {

    private static final int FRAME = 3;
    private static final int WINDOW = 4;

    private static final String CURRENT_VERSION = "part 1";

    private final Path file;
    private final StoreSettings settings;
    private final SegmentFile segments;

    /** Offsets of the frames of each window, and last that of the window itself. */
    private final Map<Integer, List<Long>> windows = new HashMap<>();

    private List<Long> group = new ArrayList<>(); // offsets of the frames before the next window

    private PartStore(Path file) throws IOException {
        this.file = file;
        settings = new StoreSettings(file, CURRENT_VERSION);
        segments = SegmentFile.open(file, SegmentFile.Opening.DEFAULT, this::recover);
        group.clear(); // frames after the last window were cut
    }

    /**
     * Opens the file of a part in a directory, or creates it.
     *
     * @param directory created if it does not exist
     * @throws IOException if the file cannot be read or written, is damaged other than by a crash, or is open
     */
    public static PartStore open(Path directory, Part part) throws IOException {
        Files.createDirectories(directory);
        PartStore store = new PartStore(directory.resolve(part.file()));
        try {
            store.settings.requireVersion(store.segments);
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
        return store;
    }

    private boolean recover(SegmentFile.Found segment) throws IOException {
        if (settings.recover(segment)) {
            return true;
        }
        group.add(segment.offset());
        switch (segment.type()) {
            case FRAME -> {
                return false;
            }
            case WINDOW -> {
                windows.put(
                        PredictionPayloads.window(segment.payload(), List.of()).number(), group);
                group = new ArrayList<>();
                return true;
            }
            default -> throw new IOException(file + " has a segment of the unknown type " + segment.type());
        }
    }

    /**
     * Records what the windows depend on, or checks that it has not changed since. As long as the file has no windows
     * it may change.
     *
     * @throws IllegalArgumentException if the file has windows and another value
     */
    public void requireSetting(String name, String value) throws IOException {
        settings.require(segments, name, value, windows.isEmpty());
    }

    /**
     * Appends a window, and waits until it is on the disk.
     *
     * @throws IOException if it cannot be written; earlier windows are unchanged
     */
    public void append(PredictedWindow window) throws IOException {
        List<ByteBuffer> encoded = new ArrayList<>();
        for (PredictedFrame frame : window.frames()) {
            encoded.add(Segment.encode(FRAME, PredictionPayloads.frame(frame)));
        }
        encoded.add(Segment.encode(WINDOW, PredictionPayloads.window(window)));
        try {
            windows.put(window.number(), segments.commit(encoded));
        } catch (IOException e) {
            throw new IOException(
                    "window " + window.number() + " cannot be stored in " + file + ": " + e.getMessage() + "; "
                            + windows.size() + " windows are stored and can be used",
                    e);
        }
    }

    /** Returns whether a window is stored. */
    public boolean contains(int window) {
        return windows.containsKey(window);
    }

    /**
     * Reads a stored window.
     *
     * @throws IOException if it cannot be read or was damaged since the file was opened
     */
    public PredictedWindow window(int number) throws IOException {
        List<Long> offsets = windows.get(number);
        List<PredictedFrame> frames = new ArrayList<>();
        for (long offset : offsets.subList(0, offsets.size() - 1)) {
            frames.add(PredictionPayloads.frame(segments.read(offset)));
        }
        return PredictionPayloads.window(segments.read(offsets.get(offsets.size() - 1)), frames);
    }

    /** Returns the file. */
    public Path file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        segments.close();
    }
}

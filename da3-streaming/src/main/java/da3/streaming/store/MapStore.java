package da3.streaming.store;

import da3.geometry.check.Check;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The frames and windows of a map on disk, in the file {@value #FILE}. Windows are appended whole: after a crash or on
 * a full disk the store contains the windows before. Memory holds an index of a few hundred bytes for each frame and
 * its descriptor; pixels are read when needed. One process at a time can open a store. Reading is thread-safe.
 */
public final class MapStore implements AutoCloseable {

    /** Name of the file in the directory of the map. */
    public static final String FILE = "map.da3s";

    private static final int FRAME = 3;
    private static final int WINDOW = 4;
    private static final int LOOP = 5;

    private static final String CURRENT_VERSION = "2";

    private final Path file;
    private final SegmentFile segments;
    private final List<FrameInfo> frames = new ArrayList<>();
    private final List<Long> offsets = new ArrayList<>();
    private final List<float[]> descriptors = new ArrayList<>();
    private final List<WindowInfo> windows = new ArrayList<>();
    private final List<LoopInfo> loops = new ArrayList<>();
    private final StoreSettings settings;

    private MapStore(Path directory, SegmentFile.Opening opening) throws IOException {
        file = directory.resolve(FILE);
        settings = new StoreSettings(file, CURRENT_VERSION);
        segments = SegmentFile.open(file, opening, this::recover);
        // Frames after the last window were cut.
        int complete = windows.isEmpty() ? 0 : end(windows.get(windows.size() - 1));
        frames.subList(complete, frames.size()).clear();
        offsets.subList(complete, offsets.size()).clear();
        descriptors.subList(complete, descriptors.size()).clear();
    }

    /**
     * Opens the store of a directory, or creates it.
     *
     * @param directory created if it does not exist
     * @throws IOException if the store cannot be read or written, is damaged other than by a crash, or is open
     */
    public static MapStore open(Path directory) throws IOException {
        return open(directory, SegmentFile.Opening.DEFAULT);
    }

    static MapStore open(Path directory, SegmentFile.Opening opening) throws IOException {
        Files.createDirectories(directory);
        MapStore store = new MapStore(directory, opening);
        try {
            store.settings.requireVersion(store.segments);
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
        return store;
    }

    /** Adds a segment of the file to the index. */
    private boolean recover(SegmentFile.Found segment) throws IOException {
        if (settings.recover(segment)) {
            return true;
        }
        switch (segment.type()) {
            case FRAME -> {
                frames.add(Payloads.frameInfo(segment.payload()));
                descriptors.add(Payloads.descriptor(segment.payload()));
                offsets.add(segment.offset());
            }
            case WINDOW -> windows.add(Payloads.window(segment.payload()));
            case LOOP -> loops.add(Payloads.loop(segment.payload()));
            default -> throw new IOException(file + " has a segment of the unknown type " + segment.type());
        }
        return segment.type() != FRAME;
    }

    /**
     * Records what a run depends on, such as its model, or checks that it has not changed since. As long as the store
     * has no frames it may change.
     *
     * @param name name of the setting, without line breaks
     * @throws IllegalArgumentException if the store has frames and another value
     */
    public void requireSetting(String name, String value) throws IOException {
        settings.require(segments, name, value, windows.isEmpty());
    }

    /** Returns a setting that was recorded; empty if there is none of this name. */
    public Optional<String> setting(String name) {
        return settings.get(name);
    }

    /**
     * Appends a window and the frames that it adds to the map, and waits until they are on the disk.
     *
     * @throws IllegalArgumentException if the window does not follow the last one
     * @throws IOException if they cannot be written, for instance because the disk is full; the message says how many
     *     frames the store contains
     */
    public void append(WindowInfo window, List<StoredFrame> newFrames, ColorCoding coding) throws IOException {
        if (window.number() != windows.size()
                || window.firstFrame() + window.overlap() != frames.size()
                || window.newFrames() != newFrames.size()) {
            throw Check.invalid(
                    "window to append",
                    "number " + windows.size() + " with the frames from " + frames.size(),
                    "number " + window.number() + " with " + newFrames.size() + " frames from "
                            + (window.firstFrame() + window.overlap()));
        }
        List<ByteBuffer> group = new ArrayList<>();
        for (StoredFrame frame : newFrames) {
            group.add(Segment.encode(FRAME, Payloads.frame(frame, coding)));
        }
        group.add(Segment.encode(WINDOW, Payloads.window(window)));
        List<Long> written;
        try {
            written = segments.commit(group);
        } catch (IOException e) {
            throw new IOException(
                    "window " + window.number() + " cannot be stored in " + file + ": " + e.getMessage() + "; "
                            + frames.size() + " frames of earlier windows are stored and can be used",
                    e);
        }
        windows.add(window);
        for (int i = 0; i < newFrames.size(); i++) {
            frames.add(newFrames.get(i).info());
            descriptors.add(newFrames.get(i).descriptor());
            offsets.add(written.get(i));
        }
    }

    /**
     * Appends a tested loop, and waits until it is on the disk.
     *
     * @throws IOException if it cannot be written
     */
    public void append(LoopInfo loop) throws IOException {
        segments.commit(List.of(Segment.encode(LOOP, Payloads.loop(loop))));
        loops.add(loop);
    }

    /** Returns the loops that were tested so far, in the order of the tests. */
    public List<LoopInfo> loops() {
        return Collections.unmodifiableList(loops);
    }

    /** Returns the descriptors of all frames, in order. */
    public List<float[]> descriptors() {
        return Collections.unmodifiableList(descriptors);
    }

    /** Returns the metadata of all frames, in order. */
    public List<FrameInfo> frames() {
        return Collections.unmodifiableList(frames);
    }

    /** Returns the number of frames. */
    public int size() {
        return frames.size();
    }

    /** Returns the windows in order. */
    public List<WindowInfo> windows() {
        return Collections.unmodifiableList(windows);
    }

    /**
     * Reads a frame with its pixels.
     *
     * @throws IOException if it cannot be read or was damaged since the store was opened
     */
    public StoredFrame frame(int number) throws IOException {
        return Payloads.frame(segments.read(offsets.get(number)));
    }

    /** Returns the file of this store. */
    public Path file() {
        return file;
    }

    /** Returns the size of the file in bytes. */
    public long bytes() {
        return segments.bytes();
    }

    private static int end(WindowInfo window) {
        return window.firstFrame() + window.cameras().size();
    }

    @Override
    public void close() throws IOException {
        segments.close();
    }
}

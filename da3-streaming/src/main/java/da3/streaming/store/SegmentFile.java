package da3.streaming.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * An append-only file of {@linkplain Segment segments}. Segments become permanent together, by {@link #commit}: after a
 * crash the file ends with the last committed group. The file is read with positional reads and never mapped.
 */
final class SegmentFile implements AutoCloseable {

    /** Maximum length of a payload; a larger length is damage. */
    private static final int MAX_PAYLOAD = 1 << 30;

    /** Number of bytes in memory during the search for segments behind damage. */
    private static final int SEARCHED_BYTES = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private long end;

    private SegmentFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens the channel of a file. Tests replace it to simulate failures. */
    @FunctionalInterface
    interface Opening {
        Opening DEFAULT = file ->
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

        FileChannel open(Path file) throws IOException;
    }

    /** A segment that was found in the file. */
    record Found(long offset, int type, ByteBuffer payload) {}

    /** Receives the segments of a file in order. */
    @FunctionalInterface
    interface Visitor {
        /** Returns whether this segment ends a group. */
        boolean visit(Found segment) throws IOException;
    }

    /**
     * Opens a file, creating it if it does not exist, and cuts everything after the last complete group.
     *
     * @param visitor receives every intact segment, also those that are cut
     * @throws IOException if the file cannot be read or is locked, or a damaged segment has intact groups behind it,
     *     which a crash does not cause
     */
    static SegmentFile open(Path file, Opening opening, Visitor visitor) throws IOException {
        FileChannel channel = opening.open(file);
        try {
            requireLock(file, channel);
            SegmentFile segments = new SegmentFile(file, channel);
            segments.recover(visitor);
            return segments;
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private static void requireLock(Path file, FileChannel channel) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // this process has it open
        }
        throw new IOException(file + " is in use by another run");
    }

    private void recover(Visitor visitor) throws IOException {
        long size = channel.size();
        long offset = 0;
        Found segment = intact(offset, size);
        while (segment != null) {
            offset += Segment.HEADER_BYTES + segment.payload.remaining();
            if (visitor.visit(segment)) {
                end = offset;
            }
            segment = intact(offset, size);
        }
        if (hasIntactSegmentsBehind(offset, size)) {
            throw new IOException(file + " is damaged at byte " + offset + ", but has intact data behind it");
        }
        if (end < size) {
            channel.truncate(end); // the next commit makes this permanent
        }
    }

    /** Returns the segment at an offset, or null if it is incomplete or damaged. */
    private Found intact(long offset, long size) throws IOException {
        ByteBuffer header = Segment.buffer(Segment.HEADER_BYTES);
        if (offset + Segment.HEADER_BYTES > size) {
            return null;
        }
        readFully(header, offset);
        int length = header.getInt(0);
        if (length < 0 || length > MAX_PAYLOAD || offset + Segment.HEADER_BYTES + length > size) {
            return null;
        }
        ByteBuffer payload = Segment.buffer(length);
        readFully(payload, offset + Segment.HEADER_BYTES);
        boolean matches = header.getInt(8) == Segment.checksum(length, header.getInt(4), payload.duplicate());
        return matches ? new Found(offset, header.getInt(4), payload) : null;
    }

    /** Returns whether there is an intact segment behind a damaged one, whose length can be wrong. */
    private boolean hasIntactSegmentsBehind(long damaged, long size) throws IOException {
        long first = damaged + 1;
        while (first + Segment.HEADER_BYTES <= size) {
            ByteBuffer bytes = Segment.buffer((int) Math.min(SEARCHED_BYTES, size - first));
            readFully(bytes, first);
            int starts = bytes.capacity() - Segment.HEADER_BYTES + 1;
            for (int i = 0; i < starts; i++) {
                if (Segment.canStart(bytes, i) && intact(first + i, size) != null) {
                    return true;
                }
            }
            first += starts;
        }
        return false;
    }

    /**
     * Writes a group of segments and waits until they are on the disk.
     *
     * @param group encoded segments
     * @return the offset of each segment
     * @throws IOException if the group cannot be written, for instance because the disk is full; earlier groups are
     *     unchanged
     */
    List<Long> commit(List<ByteBuffer> group) throws IOException {
        List<Long> offsets = new ArrayList<>();
        long position = end;
        try {
            for (ByteBuffer segment : group) {
                offsets.add(position);
                position += segment.remaining();
                long at = offsets.get(offsets.size() - 1);
                for (ByteBuffer rest = segment.duplicate(); rest.hasRemaining(); ) {
                    at += channel.write(rest, at);
                }
            }
            channel.force(true);
        } catch (IOException e) {
            cutUncommitted(e);
            throw e;
        }
        end = position;
        return offsets;
    }

    private void cutUncommitted(IOException failure) {
        try {
            channel.truncate(end);
        } catch (IOException e) {
            failure.addSuppressed(e); // opening the file the next time cuts it
        }
    }

    /**
     * Returns the payload of a committed segment.
     *
     * @throws IOException if it cannot be read or has been damaged since
     */
    ByteBuffer read(long offset) throws IOException {
        Found segment = intact(offset, end);
        if (segment == null) {
            throw new IOException(file + " is damaged at byte " + offset);
        }
        return segment.payload;
    }

    private void readFully(ByteBuffer to, long offset) throws IOException {
        long position = offset;
        while (to.hasRemaining()) {
            int read = channel.read(to, position);
            if (read < 0) {
                throw new EOFException(file + " ends at byte " + position);
            }
            position += read;
        }
        to.rewind();
    }

    /** Returns the number of committed bytes. */
    long bytes() {
        return end;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

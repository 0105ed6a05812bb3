package da3.server.tasks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second service out of a workspace; the system lets go of it when the process ends, however it ends. */
final class WorkspaceLock implements AutoCloseable {

    private final FileChannel channel;

    private WorkspaceLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws IllegalStateException if another service holds it */
    static WorkspaceLock take(Path workspace) throws IOException {
        FileChannel channel = FileChannel.open(
                workspace.resolve("lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            FileLock lock = tryLock(channel);
            if (lock == null) {
                ByteBuffer text = ByteBuffer.allocate(32);
                channel.read(text, 0);
                throw new IllegalStateException("workspace " + workspace + " is in use by another service (process "
                        + new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip()
                        + "); legal: another workspace, or one service at a time");
            }
            channel.truncate(0);
            channel.write(StandardCharsets.US_ASCII.encode(
                    Long.toString(ProcessHandle.current().pid())));
            taken = true;
            return new WorkspaceLock(channel);
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /** Null if another process, or this one, holds it. */
    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ownedHere) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

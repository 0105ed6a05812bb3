package da3.server.tasks;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** Keeps a second service out of a workspace; the system lets go of it when the process ends, however it ends. */
final class WorkspaceLock implements AutoCloseable {

    private final FileChannel channel;
    private final Path owner;

    private WorkspaceLock(FileChannel channel, Path owner) {
        this.channel = channel;
        this.owner = owner;
    }

    /** @throws IllegalStateException if another service holds it */
    static WorkspaceLock take(Path workspace) throws IOException {
        Path owner = workspace.resolve("owner");
        String me = me();
        String last = read(owner);
        if (last.equals(me)) { // looked at first: closing any channel of a locked file lets go of this process's lock
            throw inUse(workspace, last);
        }
        FileChannel channel =
                FileChannel.open(workspace.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            if (tryLock(channel) == null) {
                throw inUse(workspace, last);
            }
            Folders.write(owner, me.getBytes(StandardCharsets.US_ASCII));
            taken = true;
            return new WorkspaceLock(channel, owner);
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /** Numbers of processes are used again, but not with the same start. */
    private static String me() {
        ProcessHandle process = ProcessHandle.current();
        return process.pid() + " " + process.info().startInstant().orElse(Instant.EPOCH);
    }

    private static String read(Path owner) throws IOException {
        try {
            return Files.readString(owner, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException free) {
            return "";
        }
    }

    private static IllegalStateException inUse(Path workspace, String owner) {
        return new IllegalStateException("workspace " + workspace + " is in use by another service (process "
                + owner.split(" ", 2)[0] + "): use another workspace, or one service at a time");
    }

    /** Null if another process, or this one, holds it. */
    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldHere) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(owner);
        channel.close();
    }
}

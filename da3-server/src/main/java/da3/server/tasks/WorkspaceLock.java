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

/** An exclusive lock of a workspace, which the operating system releases when the process ends. */
final class WorkspaceLock implements AutoCloseable {

    private final FileChannel channel;
    private final Path owner;

    private WorkspaceLock(FileChannel channel, Path owner) {
        this.channel = channel;
        this.owner = owner;
    }

    /** @throws IllegalStateException if another service holds the lock */
    static WorkspaceLock acquire(Path workspace) throws IOException {
        Path owner = workspace.resolve("owner");
        String self = processIdentity();
        String lastOwner = read(owner);
        if (lastOwner.equals(
                self)) { // checked first, since closing any channel of the file would release the lock of this process
            throw inUse(workspace, lastOwner);
        }
        FileChannel channel =
                FileChannel.open(workspace.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean acquired = false;
        try {
            if (tryLock(channel) == null) {
                throw inUse(workspace, lastOwner);
            }
            Folders.write(owner, self.getBytes(StandardCharsets.US_ASCII));
            acquired = true;
            return new WorkspaceLock(channel, owner);
        } finally {
            if (!acquired) {
                channel.close();
            }
        }
    }

    /** Returns the process id and start time, since process ids are reused. */
    private static String processIdentity() {
        ProcessHandle process = ProcessHandle.current();
        return process.pid() + " " + process.info().startInstant().orElse(Instant.EPOCH);
    }

    private static String read(Path owner) throws IOException {
        try {
            return Files.readString(owner, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private static IllegalStateException inUse(Path workspace, String owner) {
        return new IllegalStateException("workspace " + workspace + " is in use by another service (process "
                + owner.split(" ", 2)[0] + "): use another workspace or stop that service");
    }

    /** Returns null if this or another process holds the lock. */
    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(owner);
        channel.close();
    }
}

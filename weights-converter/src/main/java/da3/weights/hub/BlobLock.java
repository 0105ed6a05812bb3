package da3.weights.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * The right to write one blob, held by one thread of one process. The file of a lock stays, since deleting it would let
 * two processes lock two files of one name.
 */
final class BlobLock implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(100);

    private final FileChannel channel;

    private BlobLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits until the lock is free; a process that ends frees its locks.
     *
     * @param what whose lock it is, for messages
     */
    static BlobLock acquire(Path file, String what, HubEnvironment environment) throws HubException {
        FileChannel channel;
        try {
            Files.createDirectories(file.getParent());
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw HubException.unwritable(file, e);
        }
        try {
            boolean told = false;
            while (!tryLock(channel)) {
                if (!told) {
                    environment.warnings().accept(what + " is being downloaded by someone else; waiting");
                    told = true;
                }
                Thread.sleep(LOOK.toMillis());
            }
            return new BlobLock(channel);
        } catch (InterruptedException e) {
            // POSIX then also frees the lock of another thread of this process, which other processes could take; the
            // download's last look at its file notices whom that lets in.
            close(channel, file);
            throw HubException.interrupted("waiting for " + what, e);
        } catch (IOException e) {
            close(channel, file);
            throw HubException.unwritable(file, e);
        }
    }

    /** Closing the channel frees the lock. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // Held within this very process, where the system's lock alone would not keep threads apart.
            return false;
        }
    }

    private static void close(FileChannel channel, Path file) throws HubException {
        try {
            channel.close();
        } catch (IOException e) {
            throw HubException.unwritable(file, e);
        }
    }
}

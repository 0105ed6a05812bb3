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
 * A lock for writing one blob, held by one thread of one process. Lock files are not deleted, since otherwise two
 * processes could lock two files of the same name.
 */
final class BlobLock implements AutoCloseable {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    private final FileChannel channel;

    private BlobLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits for the lock. The system releases the locks of a process that ends.
     *
     * @param what name of the locked file in messages
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
            boolean warned = false;
            while (!tryLock(channel)) {
                if (!warned) {
                    environment.warnings().accept(what + " is being downloaded by another thread or process; waiting");
                    warned = true;
                }
                Thread.sleep(POLL_INTERVAL.toMillis());
            }
            return new BlobLock(channel);
        } catch (InterruptedException e) {
            // on POSIX, closing also releases the lock of another thread of this process, so that another process may
            // acquire it; the final check of the download detects such writes
            close(channel, file);
            throw HubException.interrupted("waiting for " + what, e);
        } catch (IOException e) {
            close(channel, file);
            throw HubException.unwritable(file, e);
        }
    }

    /** Releases the lock. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // held by another thread of this process
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

package da3.train.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folders of a run's checkpoints, {@code step-000001000} and so on, with links {@code latest} and {@code best}.
 *
 * <p>A checkpoint is written to a hidden folder next to its final path, flushed to disk, and renamed, so it is always
 * complete under its name. Incomplete checkpoints of a killed run are removed by the next one.
 */
public final class CheckpointStore {

    static final String LATEST = "latest";
    static final String BEST = "best";
    private static final Pattern NAME = Pattern.compile("step-\\d{9,}");
    private static final Pattern PARTIAL = Pattern.compile("\\.(step-\\d{9,}|latest|best)\\.part");

    private final Path folder;
    private final int keep;

    /** Writes the files of a checkpoint into an existing folder. */
    @FunctionalInterface
    public interface Content {

        /**
         * Writes the files.
         *
         * @throws IOException if a file cannot be written
         */
        void writeTo(Path folder) throws IOException;
    }

    /**
     * @param folder folder of all checkpoints, created by the first one
     * @param keep number of newest checkpoints to keep, in addition to the best
     */
    public CheckpointStore(Path folder, int keep) {
        this.folder = folder;
        this.keep = keep;
    }

    /**
     * Returns the newest checkpoint; empty if there is none.
     *
     * @throws IOException if the folder cannot be read
     */
    public Optional<Path> latest() throws IOException {
        List<Path> all = checkpoints();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /**
     * Writes a checkpoint, then removes those that are no longer kept.
     *
     * @param step number of steps taken, which names the checkpoint; one that exists is not written again
     * @param best whether it is the best so far
     * @return the folder of the checkpoint
     * @throws IOException if it cannot be written, for instance because the disk is full; the earlier ones are complete
     */
    public Path save(long step, boolean best, Content content) throws IOException {
        String name = "step-%09d".formatted(step);
        Path target = folder.resolve(name);
        Path partial = folder.resolve("." + name + ".part");
        try {
            Files.createDirectories(folder);
            removePartials();
            if (Files.notExists(target)) {
                Files.createDirectory(partial);
                content.writeTo(partial);
                force(partial);
                Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
                forceFolder(folder);
            }
            link(LATEST, name);
            if (best) {
                link(BEST, name);
            }
            prune();
            return target;
        } catch (IOException e) {
            removeQuietly(partial, e);
            throw new IOException(
                    "checkpoint " + target + " cannot be written: " + reason(e) + "; the earlier ones are complete", e);
        }
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException failure && failure.getReason() != null
                ? failure.getReason()
                : String.valueOf(e.getMessage());
    }

    /** Replaces a link atomically. */
    private void link(String name, String target) throws IOException {
        Path partial = folder.resolve("." + name + ".part");
        Files.deleteIfExists(partial);
        Files.createSymbolicLink(partial, folder.getFileSystem().getPath(target));
        Files.move(partial, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void prune() throws IOException {
        List<Path> all = checkpoints();
        Path best = folder.resolve(BEST);
        Path kept = Files.isSymbolicLink(best) ? folder.resolve(Files.readSymbolicLink(best)) : null;
        for (Path old : all.subList(0, Math.max(0, all.size() - keep))) {
            if (!old.equals(kept)) {
                // renamed first, so that it is complete as long as it has its name
                Path partial = folder.resolve("." + old.getFileName() + ".part");
                Files.move(old, partial, StandardCopyOption.ATOMIC_MOVE);
                remove(partial);
            }
        }
    }

    /** Returns the checkpoints, oldest first. */
    private List<Path> checkpoints() throws IOException {
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .filter(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted(Comparator.comparing(
                                    (Path file) -> file.getFileName().toString().length())
                            .thenComparing(file -> file.getFileName().toString()))
                    .toList();
        }
    }

    private void removePartials() throws IOException {
        List<Path> left;
        try (Stream<Path> files = Files.list(folder)) {
            left = files.filter(file ->
                            PARTIAL.matcher(file.getFileName().toString()).matches())
                    .toList();
        }
        for (Path partial : left) {
            remove(partial);
        }
    }

    private static void removeQuietly(Path partial, IOException because) {
        try {
            remove(partial);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    private static void remove(Path root) throws IOException {
        if (Files.notExists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Flushes files and folder entries to disk. */
    private static void force(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.toList()) {
                if (Files.isRegularFile(file)) {
                    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                        channel.force(true);
                    }
                } else if (Files.isDirectory(file)) {
                    forceFolder(file);
                }
            }
        }
    }

    /** Returns whether folders can be opened as files, which only the default file system supports. */
    private static void forceFolder(Path folder) throws IOException {
        if (folder.getFileSystem() == FileSystems.getDefault()) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}

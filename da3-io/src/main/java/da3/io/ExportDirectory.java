package da3.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where results go. Files in it are replaced only by complete new ones, and nothing else in it is touched.
 *
 * @param root an existing directory that can be written to
 */
public record ExportDirectory(Path root) {

    /**
     * Creates the directory where it is not there yet, and tries that it can be written to: better before an hour of
     * computing than after it.
     *
     * @throws IOException if it is a file, cannot be created or cannot be written to; the message says which
     */
    public static ExportDirectory open(Path root) throws IOException {
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new FileAlreadyExistsException(
                    root.toString(), null, "cannot export there: it is a file; legal: a directory");
        }
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new IOException("export directory " + root + " cannot be created: " + FileFailure.reason(e), e);
        }
        try {
            Files.delete(Files.createTempFile(root, ".writable", null));
        } catch (IOException e) {
            throw new IOException("export directory " + root + " cannot be written to: " + FileFailure.reason(e), e);
        }
        return new ExportDirectory(root);
    }

    /** Writes a file's bytes to the stream it is given, which is buffered; it need not close it. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file, and the directories above it, and gives its path. A failure leaves what was there before.
     *
     * @param relative the path from this directory on, for instance {@code depth_vis/0000.jpg}
     * @throws IOException if it cannot be written, for instance because the disk is full; the message says why
     */
    public Path write(String relative, Content content) throws IOException {
        return write(Map.of(relative, content)).get(0);
    }

    /**
     * Writes files that belong together, and gives their paths. If the disk is full before all are written, none replaces
     * what was there.
     *
     * @param files by their paths from this directory on, in the order in which they are written
     * @throws IOException as {@link #write(String, Content)}
     */
    public List<Path> write(Map<String, Content> files) throws IOException {
        Map<Path, Content> placed = new LinkedHashMap<>();
        for (Map.Entry<String, Content> each : files.entrySet()) {
            Path file = root.resolve(each.getKey());
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
            } catch (IOException e) {
                throw new IOException(file + " cannot be written: " + FileFailure.reason(e), e);
            }
            placed.put(file, each.getValue());
        }
        AtomicFile.write(placed);
        return List.copyOf(placed.keySet());
    }
}

package da3.io;

import da3.geometry.check.Check;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A directory that results are written to. Files in it are recontents atomically; other files are left alone.
 *
 * @param root an existing, writable directory
 */
public record ExportDirectory(Path root) {

    /**
     * Creates the directory if it does not exist, and checks that it is writable, so that a long computation does not
     * fail at its end.
     *
     * @throws IOException if the path is a file, cannot be created or cannot be written to; the message says which
     */
    public static ExportDirectory open(Path root) throws IOException {
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new FileAlreadyExistsException(
                    root.toString(), null, Check.message("export directory", "a directory", "a file"));
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

    /** Writes the bytes of a file to a buffered stream. The caller closes the stream. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file, creating its parent directories, and returns its path. If that fails, an earlier file is
     * unchanged.
     *
     * @param relative path within this directory, for instance {@code depth_vis/0000.jpg}
     * @throws IOException if the file cannot be written, for instance because the disk is full; the message says why
     */
    public Path write(String relative, Content content) throws IOException {
        return write(Map.of(relative, content)).get(0);
    }

    /**
     * Writes files that belong together, in the order of the map, and returns their paths. If one cannot be written,
     * earlier files at these paths are unchanged.
     *
     * @param files contents by path within this directory
     * @throws IOException if a file cannot be written, for instance because the disk is full; the message says why
     */
    public List<Path> write(Map<String, Content> files) throws IOException {
        Map<Path, Content> contents = new LinkedHashMap<>();
        for (Map.Entry<String, Content> each : files.entrySet()) {
            Path file = root.resolve(each.getKey());
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
            } catch (IOException e) {
                throw new IOException(file + " cannot be written: " + FileFailure.reason(e), e);
            }
            contents.put(file, each.getValue());
        }
        AtomicFile.write(contents);
        return List.copyOf(contents.keySet());
    }
}

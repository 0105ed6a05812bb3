package da3.weights;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where a conversion goes.
 *
 * @param named as the caller names it
 * @param path absolute
 */
record ConversionTarget(Path named, Path path) {

    private static final String SUFFIX = ".safetensors";

    /** @throws IllegalArgumentException if it is empty, which is the current folder, or a root */
    static ConversionTarget of(Path named) {
        Path path = named.toAbsolutePath().normalize();
        if (named.toString().isEmpty() || path.getFileName() == null) {
            throw new IllegalArgumentException("the target is '" + named + "'; legal: a path with a name, of a folder"
                    + " or of a file that ends in " + SUFFIX);
        }
        return new ConversionTarget(named, path);
    }

    boolean isFile() {
        return path.getFileName().toString().endsWith(SUFFIX);
    }

    /**
     * @throws FileAlreadyExistsException if something is there and must not be replaced
     * @throws NotDirectoryException if a file is where a folder is to be
     */
    void requireFree(boolean overwrite) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        if (!isFile() && !Files.isDirectory(path)) {
            throw new NotDirectoryException(named.toString());
        }
        if (isFile() ? Files.isDirectory(path) || !overwrite : !overwrite && !isEmpty(path)) {
            throw new FileAlreadyExistsException(named.toString());
        }
    }

    /** An error that names the target, not the file beside it that is written first. */
    IOException unwritable(IOException cause) {
        return new IOException(named + " cannot be written: " + reason(cause), cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof FileAlreadyExistsException other) {
            return other.getFile() + " is a file";
        }
        if (cause instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}

package da3.weights;

import da3.geometry.check.Check;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The target of a conversion.
 *
 * @param named path as given by the caller
 * @param path absolute path
 */
record ConversionTarget(Path named, Path path) {

    private static final String SUFFIX = ".safetensors";

    /** @throws IllegalArgumentException if the path is empty or a root */
    static ConversionTarget of(Path named) {
        Path path = named.toAbsolutePath().normalize();
        if (named.toString().isEmpty() || path.getFileName() == null) {
            throw Check.invalid(
                    "target", "a path with a name, of a folder or of a file that ends in " + SUFFIX, "'" + named + "'");
        }
        return new ConversionTarget(named, path);
    }

    boolean isFile() {
        return path.getFileName().toString().endsWith(SUFFIX);
    }

    /**
     * @throws FileAlreadyExistsException if the target exists and must not be replaced
     * @throws NotDirectoryException if the target is a folder but a file exists in its place
     */
    void requireWritable(boolean overwrite) throws IOException {
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

    /** Returns an exception that names the target rather than the temporary file next to it. */
    IOException writeFailure(IOException cause) {
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

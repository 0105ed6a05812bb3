package da3.server.tasks;

import da3.geometry.check.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The results of a completed task. */
record TaskResults(Path root) {

    /**
     * Returns a result file.
     *
     * @param relativePath path with {@code /} between names, relative to the results
     * @throws IllegalArgumentException if the path is outside the results
     * @throws NoSuchFileException if there is no such file
     */
    Path file(String relativePath) throws IOException {
        List<String> names = Arrays.asList(relativePath.split("/", -1));
        if (names.contains("") || names.contains(".") || names.contains("..") || relativePath.contains("\\")) {
            throw outside(relativePath);
        }
        Path real = root.toRealPath();
        Path file = resolved(real, relativePath);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(file)) {
            throw new NoSuchFileException(relativePath, null, "no such result");
        }
        if (!file.toRealPath().equals(file)) {
            throw outside(relativePath); // the service never writes links
        }
        return file;
    }

    private static Path resolved(Path root, String relativePath) {
        try {
            Path file = root.resolve(relativePath).normalize();
            if (!file.startsWith(root) || file.equals(root)) {
                throw outside(relativePath);
            }
            return file;
        } catch (InvalidPathException e) {
            throw outside(relativePath);
        }
    }

    private static IllegalArgumentException outside(String relativePath) {
        return new IllegalArgumentException(
                Check.message("path", "names below the results, with / between them", "'" + relativePath + "'"));
    }
}

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

/** A completed task's files, and nothing beside them. */
record TaskResults(Path root) {

    /**
     * @param relativePath with {@code /} between names
     * @throws IllegalArgumentException if the path leads out
     * @throws NoSuchFileException if there is no such file
     */
    Path file(String relativePath) throws IOException {
        List<String> names = Arrays.asList(relativePath.split("/", -1));
        if (names.contains("") || names.contains(".") || names.contains("..") || relativePath.contains("\\")) {
            throw leadsOut(relativePath);
        }
        Path real = root.toRealPath();
        Path file = resolved(real, relativePath);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(file)) {
            throw new NoSuchFileException(relativePath, null, "is not among the results");
        }
        if (!file.toRealPath().equals(file)) {
            throw leadsOut(relativePath); // nothing that is written here is a link
        }
        return file;
    }

    private static Path resolved(Path root, String relativePath) {
        try {
            Path file = root.resolve(relativePath).normalize();
            if (!file.startsWith(root) || file.equals(root)) {
                throw leadsOut(relativePath);
            }
            return file;
        } catch (InvalidPathException e) {
            throw leadsOut(relativePath);
        }
    }

    private static IllegalArgumentException leadsOut(String relativePath) {
        return new IllegalArgumentException(
                Check.message("path", "names below the results, with / between them", "'" + relativePath + "'"));
    }
}

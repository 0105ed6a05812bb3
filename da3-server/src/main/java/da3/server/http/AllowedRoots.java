package da3.server.http;

import da3.geometry.check.Check;
import da3.server.wire.SafeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The directories of the server whose files requests may name. Symbolic links are followed before paths are checked. */
final class AllowedRoots {

    private final List<Path> roots = new ArrayList<>();
    private final List<Path> realRoots = new ArrayList<>();

    /**
     * @param workspace workspace of the service, whose files requests must not name: they belong to other tasks
     * @throws IOException if a root does not exist
     * @throws IllegalArgumentException if a root contains the workspace or is inside it
     */
    AllowedRoots(List<Path> directories, Path workspace) throws IOException {
        Path realWorkspace = workspace.toRealPath();
        for (Path root : directories) {
            Path realPath = root.toRealPath();
            if (realWorkspace.startsWith(realPath) || realPath.startsWith(realWorkspace)) {
                throw Check.invalid("allowed directory", "outside the workspace " + realWorkspace, realPath);
            }
            roots.add(root.toAbsolutePath().normalize());
            realRoots.add(realPath);
        }
    }

    /**
     * Returns the real path of an existing file.
     *
     * @param field name of the request field, for messages
     * @throws HttpError if the file is outside the allowed directories or does not exist
     */
    Path file(String field, String text) throws IOException {
        Path path = requireAllowed(field, text);
        Path realPath;
        try {
            realPath = path.toRealPath();
        } catch (IOException e) {
            throw HttpError.unprocessable(Check.message(field, "an existing file", SafeText.sanitize(text)));
        }
        requireInside(field, text, realPath);
        if (!Files.isRegularFile(realPath)) {
            throw HttpError.unprocessable(Check.message(field, "a regular file", SafeText.sanitize(text)));
        }
        return realPath;
    }

    /**
     * Returns a directory, which need not exist. The existing part of its path is resolved to its real path.
     *
     * @param field name of the request field, for messages
     * @throws HttpError if the directory is outside the allowed directories
     */
    Path directory(String field, String text) throws IOException {
        Path path = requireAllowed(field, text);
        Path existing = path;
        while (!Files.exists(existing)) {
            if (Files.isSymbolicLink(existing)) {
                throw forbidden(field, text); // a dangling link, whose target could be created anywhere
            }
            existing = existing.getParent();
        }
        Path realPath = existing.toRealPath().resolve(existing.relativize(path));
        requireInside(field, text, realPath);
        return realPath;
    }

    /** Rejects paths outside the roots before the file system is touched, so that responses do not reveal which files exist. */
    private Path requireAllowed(String field, String text) {
        Path path;
        try {
            path = Path.of(text);
        } catch (InvalidPathException e) {
            throw HttpError.unprocessable(Check.message(field, "an absolute path", SafeText.sanitize(text)));
        }
        if (!path.isAbsolute()) {
            throw HttpError.unprocessable(Check.message(field, "an absolute path", SafeText.sanitize(text)));
        }
        Path normalized = path.normalize();
        if (roots.stream().noneMatch(normalized::startsWith)
                && realRoots.stream().noneMatch(normalized::startsWith)) {
            throw forbidden(field, text);
        }
        return normalized;
    }

    private void requireInside(String field, String text, Path realPath) {
        if (realRoots.stream().noneMatch(realPath::startsWith)) {
            throw forbidden(field, text);
        }
    }

    private HttpError forbidden(String field, String text) {
        return new HttpError(
                403,
                roots.isEmpty()
                        ? field + " must be absent, since the service has no allowed directories, got "
                                + SafeText.sanitize(text) + ": upload the files"
                        : Check.message(field, "below an allowed directory", SafeText.sanitize(text))
                                + ": choose another path or upload the files");
    }
}

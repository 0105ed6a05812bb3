package da3.server.http;

import da3.geometry.check.Check;
import da3.server.wire.SafeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The directories of this machine that requests may name, and what is below them after symbolic links are followed. */
final class AllowedRoots {

    private final List<Path> given = new ArrayList<>();
    private final List<Path> real = new ArrayList<>();

    /**
     * @param workspace of the service: a request could name another task's files in it
     * @throws IOException if one is not there
     * @throws IllegalArgumentException if one holds the workspace, or lies in it
     */
    AllowedRoots(List<Path> roots, Path workspace) throws IOException {
        Path service = workspace.toRealPath();
        for (Path root : roots) {
            Path followed = root.toRealPath();
            if (service.startsWith(followed) || followed.startsWith(service)) {
                throw new IllegalArgumentException(
                        "a directory that requests may name must be apart from the workspace " + service + ", got "
                                + followed);
            }
            given.add(root.toAbsolutePath().normalize());
            real.add(followed);
        }
    }

    /** A file that is there, by its real path. */
    Path file(String field, String text) throws IOException {
        Path path = named(field, text);
        Path followed;
        try {
            followed = path.toRealPath();
        } catch (IOException e) {
            throw HttpError.illegal(field + " is " + SafeText.shortened(text) + ", which does not exist");
        }
        requireBelow(field, text, followed);
        if (!Files.isRegularFile(followed)) {
            throw HttpError.illegal(field + " is " + SafeText.shortened(text) + ", which is not a file");
        }
        return followed;
    }

    /** A directory that may be made; what of its path is there already is real. */
    Path directory(String field, String text) throws IOException {
        Path path = named(field, text);
        Path there = path;
        while (!Files.exists(there)) {
            if (Files.isSymbolicLink(there)) {
                throw outside(field, text); // it leads to nowhere yet, and could lead anywhere
            }
            there = there.getParent();
        }
        Path followed = there.toRealPath().resolve(there.relativize(path));
        requireBelow(field, text, followed);
        return followed;
    }

    /** Whether there is such a file is not told of what lies elsewhere. */
    private Path named(String field, String text) {
        Path path;
        try {
            path = Path.of(text);
        } catch (InvalidPathException e) {
            throw HttpError.illegal(Check.message(field, "an absolute path", SafeText.shortened(text)));
        }
        if (!path.isAbsolute()) {
            throw HttpError.illegal(Check.message(field, "an absolute path", SafeText.shortened(text)));
        }
        Path plain = path.normalize();
        if (given.stream().noneMatch(plain::startsWith) && real.stream().noneMatch(plain::startsWith)) {
            throw outside(field, text);
        }
        return plain;
    }

    private void requireBelow(String field, String text, Path followed) {
        if (real.stream().noneMatch(followed::startsWith)) {
            throw outside(field, text);
        }
    }

    private HttpError outside(String field, String text) {
        return new HttpError(
                403,
                field + " is " + SafeText.shortened(text)
                        + (given.isEmpty()
                                ? ", but the service was started without directories that requests may name: upload the files"
                                : ", which is not below a directory that the service was started with: name a path below one,"
                                        + " or upload the files"));
    }
}

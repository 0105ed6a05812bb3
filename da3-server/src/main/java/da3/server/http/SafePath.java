package da3.server.http;

import da3.geometry.check.Check;
import da3.server.wire.SafeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resolves paths from URLs inside a folder. */
final class SafePath {

    private static final String NAME = "[\\p{L}\\p{N} _.,()+@=\\-]{1,255}";

    private SafePath() {}

    /**
     * Returns a relative path unchanged.
     *
     * @throws HttpError with status 400 if a name between slashes has other characters than letters, digits and some
     *     punctuation, or begins with a dot
     */
    static String require(String relative) {
        for (String name : relative.split("/", -1)) {
            if (!name.matches(NAME) || name.startsWith(".")) {
                throw new HttpError(
                        400,
                        Check.message(
                                "name in the path",
                                "letters, digits, spaces or one of _.,()+@=-, without a leading dot",
                                "\"" + SafeText.sanitize(name) + "\""));
            }
        }
        return relative;
    }

    /**
     * Returns the real path of a regular file inside a folder.
     *
     * @throws HttpError with status 404 if there is no such file, or a symbolic link leads out of the folder
     */
    static Path resolve(Path folder, String relative) {
        Path file = folder.resolve(require(relative));
        try {
            Path real = file.toRealPath();
            if (real.startsWith(folder.toRealPath()) && Files.isRegularFile(real)) {
                return real;
            }
        } catch (IOException e) {
            throw fileNotFound();
        }
        throw fileNotFound();
    }

    static HttpError fileNotFound() {
        return new HttpError(404, "no such file");
    }
}

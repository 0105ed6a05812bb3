package da3.server.http;

import da3.server.wire.SafeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Paths of addresses, in folders that must not be left. */
final class SafePath {

    private static final String NAME = "[\\p{L}\\p{N} _.,()+@=\\-]{1,255}";

    private SafePath() {}

    /** @throws HttpError unless every name between the slashes is a plain one */
    static String require(String relative) {
        for (String name : relative.split("/", -1)) {
            if (!name.matches(NAME) || name.startsWith(".")) {
                throw new HttpError(
                        400,
                        "the path has the name \"" + SafeText.shortened(name)
                                + "\", but names must be of letters, digits and a few signs, without a dot at the start");
            }
        }
        return relative;
    }

    /** A regular file below a folder, also where symbolic links lead; of anything else nothing is told but that it is not there. */
    static Path below(Path folder, String relative) {
        Path file = folder.resolve(require(relative));
        try {
            Path real = file.toRealPath();
            if (real.startsWith(folder.toRealPath()) && Files.isRegularFile(real)) {
                return real;
            }
        } catch (IOException e) {
            throw absent();
        }
        throw absent();
    }

    static HttpError absent() {
        return new HttpError(404, "there is no such file");
    }
}

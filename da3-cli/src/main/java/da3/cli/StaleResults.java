package da3.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What an earlier run with more views left behind would look like a result of this one. */
final class StaleResults {

    /** As the writers number their files. */
    private static final Pattern NUMBERED = Pattern.compile("\\d{4,6}\\.\\w+");

    private StaleResults() {}

    /** Deletes numbered files of the same kinds that were not written now; other files stay. */
    static void remove(Path folder, List<Path> written) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> stale;
        try (Stream<Path> files = Files.list(folder)) {
            stale = files.filter(file ->
                            NUMBERED.matcher(file.getFileName().toString()).matches())
                    .filter(file -> !written.contains(file))
                    .toList();
        }
        for (Path file : stale) {
            Files.delete(file);
        }
    }
}

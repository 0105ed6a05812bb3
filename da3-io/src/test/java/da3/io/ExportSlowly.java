package da3.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A process that starts to write two files, prints a line while it writes the second, and then pauses for a minute. */
final class ExportSlowly {

    private ExportSlowly() {}

    public static void main(String[] target) throws IOException {
        Path first = Path.of(target[0]);
        Map<Path, ExportDirectory.Content> files = new LinkedHashMap<>();
        files.put(first, out -> out.write(1));
        files.put(first.resolveSibling("second"), out -> pause());
        AtomicFile.write(files);
    }

    private static void pause() {
        System.out.println("begun");
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package da3.io;

import da3.files.PartialOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes files that are either complete or not there. */
final class AtomicFile {

    private AtomicFile() {}

    /**
     * Writes beside the file and moves into its place at the end. Where that fails, what was at this path before is
     * still there and nothing else is left.
     *
     * @throws IOException if it cannot be written, for instance because the disk is full; the message says why
     */
    static void write(Path file, ExportDirectory.Content content) throws IOException {
        write(Map.of(file, content));
    }

    /** As {@link #write(Path, ExportDirectory.Content)}; none is moved into its place before all are written. */
    static void write(Map<Path, ExportDirectory.Content> files) throws IOException {
        Map<Path, PartialOutput> partials = new LinkedHashMap<>();
        Path current = null;
        try {
            for (Map.Entry<Path, ExportDirectory.Content> file : files.entrySet()) {
                current = file.getKey();
                PartialOutput partial = PartialOutput.beside(current);
                partials.put(current, partial);
                try (OutputStream out = new BufferedOutputStream(
                        Files.newOutputStream(partial.path(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        1 << 16)) {
                    file.getValue().writeTo(out);
                }
            }
            for (Map.Entry<Path, PartialOutput> partial : partials.entrySet()) {
                current = partial.getKey();
                partial.getValue().commit();
            }
        } catch (IOException e) {
            throw new IOException(current + " cannot be written: " + FileFailure.reason(e), e);
        } finally {
            for (PartialOutput partial : partials.values()) {
                partial.close();
            }
        }
    }
}

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

/** Writes files atomically: either the complete new file exists afterwards, or the old state. */
final class AtomicFile {

    private AtomicFile() {}

    /**
     * Writes to a temporary file in the same directory and renames it at the end. If that fails, an earlier file at
     * this path is unchanged and the temporary file is deleted.
     *
     * @throws IOException if the file cannot be written, for instance because the disk is full; the message says why
     */
    static void write(Path file, ExportDirectory.Content content) throws IOException {
        write(Map.of(file, content));
    }

    /**
     * Writes several files as {@link #write(Path, ExportDirectory.Content)} does; renames none before all are written.
     */
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

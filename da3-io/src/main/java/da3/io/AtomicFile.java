package da3.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

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
        Path target = file.toAbsolutePath();
        Path partial = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(
                    Files.newOutputStream(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), 1 << 16)) {
                content.writeTo(out);
            }
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IOException(file + " cannot be written: " + FileFailure.reason(e), e);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}

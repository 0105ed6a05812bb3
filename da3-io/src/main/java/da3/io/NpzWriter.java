package da3.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes compressed NumPy archives; equal arrays give equal bytes. */
public final class NpzWriter {

    /** The earliest time that a zip file can state. */
    private static final LocalDateTime TIMESTAMP = LocalDateTime.of(1980, 1, 1, 0, 0);

    private NpzWriter() {}

    /** Writes a file that is either complete or not there: a failure leaves what was at this path before. */
    public static void write(Path file, Map<String, Npy> arrays) throws IOException {
        AtomicFile.write(file, out -> write(out, arrays));
    }

    /** Writes the arrays in the map's order and leaves the stream open. */
    static void write(OutputStream out, Map<String, Npy> arrays) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (Map.Entry<String, Npy> array : arrays.entrySet()) {
            ZipEntry entry = new ZipEntry(array.getKey() + ".npy");
            entry.setTimeLocal(TIMESTAMP);
            zip.putNextEntry(entry);
            array.getValue().writeTo(zip);
            zip.closeEntry();
        }
        zip.finish();
    }
}

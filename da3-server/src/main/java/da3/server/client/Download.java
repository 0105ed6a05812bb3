package da3.server.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Files of a service on their way to a directory, which sees none of them before all have come. */
final class Download implements AutoCloseable {

    private final Path directory;
    private final Path waiting;
    private final Map<String, Path> files = new LinkedHashMap<>();

    Download(Path directory) throws IOException {
        this.directory = directory.toAbsolutePath().normalize();
        Files.createDirectories(this.directory);
        // Inside, and so on the same disk: from there files are moved and not copied.
        this.waiting = Files.createTempDirectory(this.directory, ".da3-download");
    }

    /**
     * Where a file would go.
     *
     * @throws IOException if the path is none below the directory, whatever the service says
     * @throws FileAlreadyExistsException if there is a file already and it is not to be replaced
     */
    Path place(String path, boolean replace) throws IOException {
        Path relative;
        try {
            relative = Path.of(path);
        } catch (InvalidPathException e) {
            throw new IOException("the service names the file " + printable(path) + ", which is no path", e);
        }
        boolean plain = !path.isEmpty() && !path.contains("\\") && !path.contains(":") && !relative.isAbsolute();
        for (Path name : relative) {
            plain &= !name.toString().isBlank() && !name.toString().startsWith(".");
        }
        Path target = directory.resolve(relative).normalize();
        if (!plain || !target.startsWith(directory) || target.equals(directory)) {
            throw new IOException("the service names the file " + printable(path)
                    + ", which would not be below the directory: paths must be plain names with / between them");
        }
        if (!replace && Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString(), null, "is there already");
        }
        if (files.putIfAbsent(path, target) != null) {
            throw new IOException("the service names the file " + printable(path) + " twice");
        }
        return target;
    }

    /** @param bytes that it must have */
    void receive(String path, InputStream in, long bytes) throws IOException {
        Path file = waiting.resolve(path);
        Files.createDirectories(file.getParent());
        long received = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0 && received <= bytes; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                received += n;
            }
        }
        if (received != bytes) {
            throw new IOException("the service sends " + received + " bytes of " + printable(path) + "; it told of "
                    + bytes + " bytes");
        }
    }

    /** Puts all files in place. */
    List<Path> finish() throws IOException {
        List<Path> placed = new ArrayList<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            Files.createDirectories(file.getValue().getParent());
            Files.move(waiting.resolve(file.getKey()), file.getValue(), StandardCopyOption.REPLACE_EXISTING);
            placed.add(file.getValue());
        }
        return placed;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> left = Files.walk(waiting)) {
            for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static String printable(String path) {
        return "\"" + path.replaceAll("\\p{C}", "?") + "\"";
    }
}

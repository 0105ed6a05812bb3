package da3.server.client;

import da3.geometry.check.Check;
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

/** A transaction that downloads files into a staging folder, and moves all of them to their directory in the end. */
final class Download implements AutoCloseable {

    private final Path directory;
    private final Path staging;
    private final Map<String, Path> files = new LinkedHashMap<>();

    Download(Path directory) throws IOException {
        this.directory = directory.toAbsolutePath().normalize();
        Files.createDirectories(this.directory);
        // Inside the directory and so on the same file system, where files can be moved without copying.
        this.staging = Files.createTempDirectory(this.directory, ".da3-download");
    }

    /**
     * Adds a file and returns its path in the directory.
     *
     * @param path path from the service; untrusted
     * @throws IOException if the path is outside the directory or repeated
     * @throws FileAlreadyExistsException if the file exists and must not be replaced
     */
    Path add(String path, boolean replace) throws IOException {
        Path relative;
        try {
            relative = Path.of(path);
        } catch (InvalidPathException e) {
            throw new IOException(Check.message("path of a result", "a valid path", printable(path)), e);
        }
        boolean plain = !path.isEmpty() && !path.contains("\\") && !path.contains(":") && !relative.isAbsolute();
        for (Path name : relative) {
            plain &= !name.toString().isBlank() && !name.toString().startsWith(".");
        }
        Path target = directory.resolve(relative).normalize();
        if (!plain || !target.startsWith(directory) || target.equals(directory)) {
            throw new IOException(
                    Check.message("path of a result", "plain names with / between them", printable(path)));
        }
        if (!replace && Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString(), null, "already exists");
        }
        if (files.putIfAbsent(path, target) != null) {
            throw new IOException("the service listed the file " + printable(path) + " twice");
        }
        return target;
    }

    /**
     * Receives the content of an added file.
     *
     * @param bytes expected size in bytes
     * @throws IOException if the size is different
     */
    void receive(String path, InputStream in, long bytes) throws IOException {
        Path file = staging.resolve(path);
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
            throw new IOException(Check.message("size of " + printable(path), bytes + " bytes", received + " bytes"));
        }
    }

    /** Moves all files to the directory, and returns their paths. */
    List<Path> commit() throws IOException {
        List<Path> moved = new ArrayList<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            Files.createDirectories(file.getValue().getParent());
            Files.move(staging.resolve(file.getKey()), file.getValue(), StandardCopyOption.REPLACE_EXISTING);
            moved.add(file.getValue());
        }
        return moved;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> remaining = Files.walk(staging)) {
            for (Path path : remaining.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static String printable(String path) {
        return "\"" + path.replaceAll("\\p{C}", "?") + "\"";
    }
}

package da3.weights.safetensors;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The SHA-256 of files, computed when it is first asked for. The names of files in the hub cache are not trusted, since any
 * client may have written them.
 */
public final class FileDigest {

    private static final int CHUNK_BYTES = 1 << 20;

    private final List<Path> files;
    private String value; // null until first used

    /** @param files at least one */
    public FileDigest(List<Path> files) {
        this.files = List.copyOf(files);
    }

    /**
     * Returns the digest of a file, or that of the concatenated digests of several files, as 64 lower-case hexadecimal
     * digits.
     *
     * @throws UncheckedIOException if a file cannot be read
     */
    public synchronized String value() {
        if (value == null) {
            try {
                value = compute();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return value;
    }

    private String compute() throws IOException {
        if (files.size() == 1) {
            return of(files.get(0));
        }
        MessageDigest digest = sha256();
        for (Path file : files) {
            digest.update(of(file).getBytes(StandardCharsets.US_ASCII));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String of(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                digest.update(chunk, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }
}

package da3.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * SHA-256 of files, taken from their bytes: a file in the hub's cache is named by its digest, but any client may have
 * put it there.
 */
final class FileDigests {

    private static final int CHUNK_BYTES = 1 << 20;

    private FileDigests() {}

    /** A file's digest, or that of several files' digests joined. */
    static String of(List<Path> files) throws IOException {
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
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}

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
import java.util.regex.Pattern;

/** SHA-256 of files. In the hub's cache a file is named by its digest, which was checked when it was downloaded. */
final class FileDigests {

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
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
        Path blob = file.toRealPath();
        String name = blob.getFileName().toString();
        boolean inCache = blob.getParent().getFileName() != null
                && blob.getParent().getFileName().toString().equals("blobs");
        if (inCache && SHA_256.matcher(name).matches()) {
            return name;
        }
        MessageDigest digest = sha256();
        byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream in = Files.newInputStream(blob)) {
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

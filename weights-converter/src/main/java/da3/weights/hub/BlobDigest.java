package da3.weights.hub;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest in an ETag of the hub: the SHA-256 of a file, or its SHA-1 as a git blob. */
final class BlobDigest {

    private static final int SHA_256_DIGITS = 64;

    private final MessageDigest digest;
    private final String expected;
    private final long bytes;

    /** @param etag 40 or 64 hexadecimal digits */
    BlobDigest(String etag, long bytes) {
        this.expected = etag;
        this.bytes = bytes;
        try {
            this.digest = MessageDigest.getInstance(name());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no " + name(), e);
        }
        restart();
    }

    String name() {
        return expected.length() == SHA_256_DIGITS ? "SHA-256" : "SHA-1";
    }

    void restart() {
        digest.reset();
        if (expected.length() != SHA_256_DIGITS) {
            digest.update(("blob " + bytes + "\0").getBytes(StandardCharsets.US_ASCII));
        }
    }

    void update(byte[] buffer, int length) {
        digest.update(buffer, 0, length);
    }

    /** Returns the digest in hexadecimal digits; may be called only once. */
    String value() {
        return HexFormat.of().formatHex(digest.digest());
    }
}

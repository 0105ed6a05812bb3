package da3.weights.hub;

import java.util.Optional;
import java.util.regex.Pattern;

/** Validates values of HTTP headers before they become part of a path or message. */
final class HeaderValues {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    private static final Pattern ETAG = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    /** Fifteen digits, so that the sum over all shards of a model is a long. */
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,15}");

    private HeaderValues() {}

    static boolean isCommit(String text) {
        return COMMIT.matcher(text).matches();
    }

    /** Returns the digest in an ETag header, without quotes and the mark of a weak tag. */
    static Optional<String> etag(String header) {
        String digest = header.startsWith("W/") ? header.substring(2) : header;
        if (digest.length() > 1 && digest.startsWith("\"") && digest.endsWith("\"")) {
            digest = digest.substring(1, digest.length() - 1);
        }
        return Optional.of(digest).filter(text -> ETAG.matcher(text).matches());
    }

    static Optional<Long> size(String header) {
        return Optional.of(header).filter(text -> SIZE.matcher(text).matches()).map(Long::valueOf);
    }
}

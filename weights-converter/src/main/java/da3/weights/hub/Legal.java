package da3.weights.hub;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a name or a header's value must look like before it becomes part of a path or of a message. */
final class Legal {

    static final String FILE_NAME = "letters, digits, '_', '-' and '.', ending in .safetensors";

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    private static final Pattern ETAG = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    private static final Pattern SHARD = Pattern.compile("\\w[\\w.-]{0,200}\\.safetensors");

    /** Fifteen digits, so that the sum over all shards of a model stays a long. */
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,15}");

    /** Names that Windows keeps for devices, whatever follows the dot. */
    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");

    private static final int SHOWN = 120;

    private Legal() {}

    static boolean isCommit(String text) {
        return COMMIT.matcher(text).matches();
    }

    /** A plain name of a weights file, which stays in the folder it is put in. */
    static boolean isShard(String name) {
        return SHARD.matcher(name).matches() && !isDevice(name);
    }

    static boolean isDevice(String name) {
        return DEVICE.matcher(name).matches();
    }

    /** The digest in an ETag header: quotes and the mark of a weak tag are dropped. */
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

    /** Text of a stranger, made safe for a terminal. */
    static String shown(String text) {
        String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() <= SHOWN ? printable : printable.substring(0, SHOWN) + "...";
    }
}

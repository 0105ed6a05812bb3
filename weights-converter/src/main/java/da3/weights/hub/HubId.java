package da3.weights.hub;

import da3.weights.config.WeightsFileName;
import da3.weights.safetensors.UntrustedText;
import java.util.regex.Pattern;

/**
 * A model on the hub at a revision. Its parts are legal names, so that no path made of them leaves the cache.
 *
 * @param owner for instance {@code depth-anything}
 * @param name for instance {@code DA3-BASE}
 * @param revision a branch, a tag or a full commit; {@value #MAIN} where none is asked for
 */
public record HubId(String owner, String name, String revision) {

    public static final String MAIN = "main";

    private static final int LONGEST = 96;

    private static final Pattern PART = Pattern.compile("\\w(?:[\\w.-]*\\w)?");

    private static final Pattern REVISION = Pattern.compile("\\w[\\w.-]*(?:/\\w[\\w.-]*)*");

    /** @throws IllegalArgumentException if a part is not a legal name */
    public HubId {
        requirePart("owner", owner);
        requirePart("name", name);
        requireRevision(revision);
    }

    /**
     * @param text {@code owner/name} or {@code owner/name@revision}
     * @throws IllegalArgumentException for any other text
     */
    public static HubId parse(String text) {
        int at = text.indexOf('@');
        String path = at < 0 ? text : text.substring(0, at);
        int slash = path.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "model id is '" + UntrustedText.shown(text) + "'; legal: owner/name or owner/name@revision");
        }
        return new HubId(path.substring(0, slash), path.substring(slash + 1), at < 0 ? MAIN : text.substring(at + 1));
    }

    public HubId withRevision(String other) {
        return new HubId(owner, name, other);
    }

    /** Whether the revision is a full commit, whose files never change. */
    public boolean isPinned() {
        return HeaderValues.isCommit(revision);
    }

    /** {@code owner/name}, followed by {@code @revision} unless that is {@value #MAIN}. */
    @Override
    public String toString() {
        return owner + "/" + name + (revision.equals(MAIN) ? "" : "@" + revision);
    }

    private static void requirePart(String what, String part) {
        // The cache joins owner and name by two hyphens.
        if (part.length() > LONGEST
                || !PART.matcher(part).matches()
                || part.contains("--")
                || part.contains("..")
                || part.endsWith(".git")) {
            throw new IllegalArgumentException(
                    "model id has the " + what + " '" + UntrustedText.shown(part) + "'; legal: 1 to "
                            + LONGEST + " of letters, digits, '_', '-' and '.', with neither '--' nor '..',"
                            + " between letters, digits or '_', not ending in .git");
        }
    }

    private static void requireRevision(String revision) {
        boolean legal =
                revision.length() <= 2 * LONGEST && REVISION.matcher(revision).matches() && !revision.contains("..");
        for (String segment : revision.split("/")) {
            legal = legal && !segment.endsWith(".") && !segment.endsWith(".lock") && !WeightsFileName.isDevice(segment);
        }
        if (!legal) {
            throw new IllegalArgumentException("model id has the revision '" + UntrustedText.shown(revision)
                    + "'; legal: a branch, tag or full commit of letters, digits, '_', '-', '.' and '/'");
        }
    }
}

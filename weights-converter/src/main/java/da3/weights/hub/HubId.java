package da3.weights.hub;

import da3.geometry.check.Check;
import da3.weights.config.WeightsFileName;
import da3.weights.safetensors.UntrustedText;
import java.util.regex.Pattern;

/**
 * The id of a model on the hub and a revision. Its parts are validated, so that paths built from them stay in the
 * cache.
 *
 * @param owner owner, for instance {@code depth-anything}
 * @param name name, for instance {@code DA3-BASE}
 * @param revision branch, tag or full commit; {@value #MAIN} by default
 */
public record HubId(String owner, String name, String revision) {

    public static final String MAIN = "main";

    private static final int MAX_LENGTH = 96;

    private static final Pattern PART = Pattern.compile("\\w(?:[\\w.-]*\\w)?");

    private static final Pattern REVISION = Pattern.compile("\\w[\\w.-]*(?:/\\w[\\w.-]*)*");

    /** @throws IllegalArgumentException if a part is not valid */
    public HubId {
        requirePart("owner", owner);
        requirePart("name", name);
        requireRevision(revision);
    }

    /**
     * Parses an id.
     *
     * @param text {@code owner/name} or {@code owner/name@revision}
     * @throws IllegalArgumentException for any other text
     */
    public static HubId parse(String text) {
        int at = text.indexOf('@');
        String path = at < 0 ? text : text.substring(0, at);
        int slash = path.indexOf('/');
        if (slash < 0) {
            throw Check.invalid("model id", "owner/name or owner/name@revision", "'" + UntrustedText.shown(text) + "'");
        }
        return new HubId(path.substring(0, slash), path.substring(slash + 1), at < 0 ? MAIN : text.substring(at + 1));
    }

    public HubId withRevision(String other) {
        return new HubId(owner, name, other);
    }

    /** Returns whether the revision is a full commit, whose files never change. */
    public boolean isPinned() {
        return HeaderValues.isCommit(revision);
    }

    /** Returns {@code owner/name}, followed by {@code @revision} unless that is {@value #MAIN}. */
    @Override
    public String toString() {
        return owner + "/" + name + (revision.equals(MAIN) ? "" : "@" + revision);
    }

    private static void requirePart(String what, String part) {
        // the cache joins owner and name by two hyphens
        if (part.length() > MAX_LENGTH
                || !PART.matcher(part).matches()
                || part.contains("--")
                || part.contains("..")
                || part.endsWith(".git")) {
            throw Check.invalid(
                    what + " of a model id",
                    "1 to " + MAX_LENGTH
                            + " letters, digits, '_', '-' and '.', without '--' and '..', beginning and ending"
                            + " with a letter, digit or '_', and not ending in .git",
                    "'" + UntrustedText.shown(part) + "'");
        }
    }

    private static void requireRevision(String revision) {
        boolean valid = revision.length() <= 2 * MAX_LENGTH
                && REVISION.matcher(revision).matches()
                && !revision.contains("..");
        for (String segment : revision.split("/")) {
            valid = valid && !segment.endsWith(".") && !segment.endsWith(".lock") && !WeightsFileName.isDevice(segment);
        }
        if (!valid) {
            throw Check.invalid(
                    "revision of a model id",
                    "a branch, tag or full commit of letters, digits, '_', '-', '.' and '/'",
                    "'" + UntrustedText.shown(revision) + "'");
        }
    }
}

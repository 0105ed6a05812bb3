package da3.spark;

import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A file or folder that a path or a URI names: a path of this machine, {@code file:} URIs included, or one of a file system
 * that Hadoop knows, such as {@code hdfs://host/scenes}.
 *
 * @param text path or URI
 */
record Location(String text) {

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

    static Location of(String text) {
        return new Location(text);
    }

    boolean isLocal() {
        return !SCHEME.matcher(text).matches() || text.startsWith("file:");
    }

    /** Returns the path on this machine. */
    Path local() {
        return text.startsWith("file:") ? Path.of(URI.create(text)) : Path.of(text);
    }

    /** Returns the path in its file system of Hadoop. */
    org.apache.hadoop.fs.Path hadoop() {
        return new org.apache.hadoop.fs.Path(text);
    }
}

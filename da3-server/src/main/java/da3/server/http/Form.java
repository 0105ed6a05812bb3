package da3.server.http;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A form as it was sent.
 *
 * @param fields texts by name
 * @param files as written to disk, in order
 */
record Form(Map<String, String> fields, List<Sent> files) {

    Form {
        fields = Map.copyOf(fields);
        files = List.copyOf(files);
    }

    /** @param name as its sender calls it, which is not to be trusted */
    record Sent(String name, Path file) {}
}

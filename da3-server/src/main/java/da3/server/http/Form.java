package da3.server.http;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A submitted form.
 *
 * @param fields text fields by name
 * @param files uploaded files, in order
 */
record Form(Map<String, String> fields, List<InputFile> files) {

    Form {
        fields = Map.copyOf(fields);
        files = List.copyOf(files);
    }

    /**
     * A file to predict from.
     *
     * @param name name of the file at its sender; untrusted
     * @param file path of the content on this machine
     */
    record InputFile(String name, Path file) {}
}

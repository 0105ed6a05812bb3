package da3.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A form whose files are streamed.
 *
 * <p>Source: RFC 7578; file names are escaped as in WHATWG HTML, multipart/form-data encoding.
 */
final class MultipartUpload {

    private final String boundary = "da3-" + UUID.randomUUID();
    private final List<BodyPublisher> parts = new ArrayList<>();

    /** Adds fields: texts unchanged, other values as JSON; null values are omitted. */
    MultipartUpload fields(ObjectNode fields) {
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            JsonNode value = field.getValue();
            if (!value.isNull()) {
                text("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field.getKey() + "\"\r\n\r\n"
                        + (value.isTextual() ? value.textValue() : value.toString()) + "\r\n");
            }
        }
        return this;
    }

    /**
     * Adds a file.
     *
     * @throws java.io.FileNotFoundException if the file does not exist
     */
    MultipartUpload file(Path file) throws IOException {
        String name = file.getFileName().toString();
        text("--" + boundary + "\r\nContent-Disposition: form-data; name=\"files\"; filename=\""
                + name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A")
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        parts.add(BodyPublishers.ofFile(file));
        text("\r\n");
        return this;
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    BodyPublisher body() {
        text("--" + boundary + "--\r\n");
        return BodyPublishers.concat(parts.toArray(BodyPublisher[]::new));
    }

    private void text(String text) {
        parts.add(BodyPublishers.ofByteArray(text.getBytes(StandardCharsets.UTF_8)));
    }
}

package da3.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** JSON objects, the form in which tasks return rows. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** @throws IOException if the text is no JSON object */
    static ObjectNode parse(String text) throws IOException {
        return MAPPER.readValue(text, ObjectNode.class);
    }
}

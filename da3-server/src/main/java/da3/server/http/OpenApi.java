package da3.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.export.OptionField;
import da3.export.OptionFields;
import da3.server.wire.OptionsJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The OpenAPI document: a resource file, to which the schemas of the options are added. */
final class OpenApi {

    private static final String RESOURCE = "openapi.json";

    /** Schemas that have a property for each option. */
    private static final List<String> WITH_OPTIONS = List.of("Options", "InferenceByPaths", "InferenceByUpload");

    private OpenApi() {}

    static byte[] bytes() {
        ObjectNode api = resource();
        for (String name : WITH_OPTIONS) {
            ObjectNode properties =
                    (ObjectNode) api.at("/components/schemas/" + name).path("properties");
            OptionFields.all().forEach(field -> properties.set(field.name(), schema(field)));
        }
        // responses contain all options
        ArrayNode required = ((ObjectNode) api.at("/components/schemas/Options")).putArray("required");
        OptionsJson.names().forEach(required::add);
        return api.toPrettyString().getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode resource() {
        try (InputStream in = OpenApi.class.getResourceAsStream(RESOURCE)) {
            return Json.parseObject(in.readAllBytes(), RESOURCE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode schema(OptionField<?> field) {
        ObjectNode schema = Json.object();
        schema.put(
                "type",
                switch (field.type().kind()) {
                    case FLAG -> "boolean";
                    case INTEGER, LONG -> "integer";
                    case NUMBER -> "number";
                    case TEXT -> "string";
                    case INTEGERS -> "array";
                });
        schema.put("description", field.description());
        if (schema.path("type").asText().equals("array")) {
            schema.putObject("items").put("type", "integer");
        }
        if (!field.type().choices().isEmpty()) {
            field.type().choices().forEach(schema.putArray("enum")::add);
        }
        field.type().minimum().ifPresent(bound -> OptionsJson.put(schema, "minimum", bound));
        field.type().maximum().ifPresent(bound -> OptionsJson.put(schema, "maximum", bound));
        field.defaultValue().ifPresent(value -> OptionsJson.put(schema, "default", value));
        return schema;
    }
}

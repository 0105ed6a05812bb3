package da3.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import da3.export.OptionField;
import da3.export.OptionFields;
import da3.server.wire.OptionsJson;
import da3.server.wire.TaskOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that the OpenAPI document matches the service. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {

    private ServiceFixture service;
    private JsonNode api;
    private UUID task;

    @BeforeAll
    void start(@TempDir Path workspace) throws Exception {
        service = ServiceFixture.start(workspace, ServerSettings.defaults());
        api = service.get("/openapi.json");
        task = service.completed(Map.of());
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void describesExactlyTheRoutes() {
        TreeSet<String> described = new TreeSet<>();
        TreeSet<String> open = new TreeSet<>();
        api.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    String name = operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
                    described.add(name);
                    if (operation.getValue().has("security")) {
                        open.add(name);
                    }
                }));

        assertThat(described).isEqualTo(names(service.server().routes()));
        assertThat(open)
                .isEqualTo(names(
                        service.server().routes().stream().filter(Route::open).toList()));
    }

    private static TreeSet<String> names(List<Route> routes) {
        TreeSet<String> names = new TreeSet<>();
        routes.forEach(route ->
                names.add(route.method() + " " + route.path().replace('<', '{').replace('>', '}')));
        return names;
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /healthz, /healthz, 200",
        "GET, /readyz, /readyz, 200",
        "GET, /session, /session, 200",
        "GET, /status, /status, 200",
        "GET, /gpu-memory, /gpu-memory, 200",
        "GET, /tasks, /tasks, 200",
        "GET, /task/{id}, /task/ID, 200",
        "GET, /task/{id}, /task/none, 404",
        "GET, /task/{id}/files, /task/ID/files, 200",
        "GET, /task/{id}/scene, /task/ID/scene, 200",
        "POST, /task/{id}/cancel, /task/ID/cancel, 409",
        "DELETE, /task/{id}, /task/none, 404",
        "POST, /cleanup, /cleanup, 200",
        "POST, /reload, /reload, 200",
        "GET, /gallery/manifest.json, /gallery/manifest.json, 200",
        "GET, /gallery/manifest/{group}, /gallery/manifest/results.json, 200",
        "GET, /gallery/manifest/{group}, /gallery/manifest/none.json, 404"
    })
    void responsesMatchTheirSchemas(String method, String path, String address, int status) throws Exception {
        RawHttp.Reply reply = RawHttp.send(service.port(), method + " " + address.replace("ID", task.toString()));

        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        requireSchema(path, method, reply);
    }

    @Test
    void queuedTaskMatchesItsSchema() throws Exception {
        RawHttp.Reply reply = service.upload(Map.of(), Map.of("a.png", SampleImages.png(1)));

        requireSchema("/inference", "POST", reply);
    }

    @Test
    void requestFieldsMatchTheirSchemas() throws Exception {
        for (String schema : List.of("InferenceByPaths", "InferenceByUpload")) {
            TreeSet<String> described = new TreeSet<>();
            api.at("/components/schemas/" + schema + "/properties").fieldNames().forEachRemaining(described::add);
            RawHttp.Reply rejected = schema.equals("InferenceByPaths")
                    ? RawHttp.send(
                            service.port(),
                            ServiceFixture.POST_JSON,
                            "{\"unknown\":1}".getBytes(StandardCharsets.UTF_8))
                    : service.upload(Map.of("unknown", "1"), Map.of("a.png", SampleImages.png(1)));
            String names = ServiceFixture.json(rejected)
                    .path("error")
                    .asText()
                    .replace("field must be one of ", "")
                    .replaceAll(", got .*", "");
            TreeSet<String> taken = new TreeSet<>(List.of(names.split(", ")));
            if (schema.equals("InferenceByUpload")) {
                taken.add("files");
            }
            assertThat(described).isEqualTo(taken);
        }
    }

    @Test
    void optionSchemasMatchOptionFields() {
        for (String schema : List.of("Options", "InferenceByPaths", "InferenceByUpload")) {
            JsonNode properties = api.at("/components/schemas/" + schema + "/properties");
            for (OptionField<?> field : OptionFields.all()) {
                JsonNode property = properties.path(field.name());
                assertThat(property.path("description").asText()).isEqualTo(field.description());
                List<String> choices = new ArrayList<>();
                property.path("enum").forEach(choice -> choices.add(choice.asText()));
                assertThat(choices).isEqualTo(field.type().choices());
                assertThat(property.has("default"))
                        .isEqualTo(field.defaultValue().isPresent());
            }
        }
        JsonNode defaults = OptionsJson.of(TaskOptions.defaults());
        JsonNode options = api.at("/components/schemas/Options/properties");
        OptionFields.all().forEach(field -> assertThat(
                        options.path(field.name()).path("default").toString())
                .isEqualTo(defaults.path(field.name()).toString()));
        assertThat(api.at("/components/schemas/Options/required"))
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(OptionsJson.names());
    }

    private void requireSchema(String path, String method, RawHttp.Reply reply) throws Exception {
        JsonNode schema = api.path("paths")
                .path(path)
                .path(method.toLowerCase(Locale.ROOT))
                .path("responses")
                .path(Integer.toString(reply.status()))
                .at("/content/application~1json/schema");
        assertThat(schema.isMissingNode())
                .as(method + " " + path + " " + reply.status())
                .isFalse();
        List<String> wrong = new ArrayList<>();
        compare(ServiceFixture.json(reply), schema, "answer", wrong);
        assertThat(wrong).isEmpty();
    }

    /** Compares a value with a schema; supports the parts of JSON Schema that the document uses. */
    private void compare(JsonNode value, JsonNode schema, String at, List<String> wrong) {
        if (schema.has("$ref")) {
            compare(value, api.at(schema.path("$ref").asText().substring(1)), at, wrong);
            return;
        }
        JsonNode types = schema.path("type");
        List<String> allowedTypes = new ArrayList<>();
        if (types.isTextual()) {
            allowedTypes.add(types.asText());
        }
        types.forEach(type -> allowedTypes.add(type.asText()));
        if (allowedTypes.stream().noneMatch(type -> isOf(value, type))) {
            wrong.add(at + " is " + value + ", described as " + allowedTypes);
        }
        if (schema.has("enum") && !schema.path("enum").toString().contains(value.toString())) {
            wrong.add(at + " is " + value + ", described as one of " + schema.path("enum"));
        }
        if (value.isObject()) {
            schema.path("required").forEach(name -> {
                if (!value.has(name.asText())) {
                    wrong.add(at + " has no " + name);
                }
            });
            value.properties().forEach(field -> {
                JsonNode described = schema.path("properties").path(field.getKey());
                if (described.isMissingNode()) {
                    wrong.add(at + " has " + field.getKey() + ", which is not described");
                } else {
                    compare(field.getValue(), described, at + "." + field.getKey(), wrong);
                }
            });
        }
        value.forEach(element -> {
            if (value.isArray()) {
                compare(element, schema.path("items"), at + "[]", wrong);
            }
        });
    }

    private static boolean isOf(JsonNode value, String type) {
        return switch (type) {
            case "null" -> value.isNull();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> throw new IllegalArgumentException(type);
        };
    }
}

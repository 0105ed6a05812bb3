package da3.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.geometry.check.Check;
import da3.server.wire.JsonFields;
import da3.server.wire.MalformedFieldException;
import da3.server.wire.SafeText;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads and writes JSON. Duplicate fields, trailing tokens and deep nesting are rejected. */
final class Json {

    /** Priors, the deepest field, have four levels. */
    private static final int MAX_DEPTH = 16;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(64)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * Parses a JSON document.
     *
     * @param what name of the document, for messages
     * @throws HttpError with status 400 if it is malformed
     */
    static JsonNode parse(byte[] utf8, String what) {
        try {
            JsonNode node = MAPPER.readTree(new String(utf8, StandardCharsets.UTF_8));
            if (node == null || node.isMissingNode()) {
                throw HttpError.badRequest(Check.message(what, "JSON", "an empty text"));
            }
            return node;
        } catch (JsonProcessingException e) {
            String reason = String.valueOf(e.getOriginalMessage());
            String where = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw HttpError.badRequest(what + " is malformed JSON" + where + ": " + SafeText.sanitize(reason));
        }
    }

    static ObjectNode parseObject(byte[] utf8, String what) {
        JsonNode node = parse(utf8, what);
        if (!(node instanceof ObjectNode object)) {
            throw HttpError.badRequest(Check.message(what, "a JSON object", SafeText.sanitize(node.toString())));
        }
        return object;
    }

    /**
     * Returns the fields of an object.
     *
     * @param names all allowed names
     * @throws HttpError with status 400 if there is another field
     */
    static JsonFields fields(ObjectNode object, String... names) {
        try {
            return new JsonFields(object, List.of(names));
        } catch (MalformedFieldException e) {
            throw HttpError.badRequest(e.getMessage());
        }
    }

    /** Sends an object that must not be cached. */
    static void respond(Context ctx, int status, ObjectNode body) {
        ctx.status(status)
                .contentType("application/json")
                .header("Cache-Control", "no-store")
                .result(body.toString());
    }

    static void respond(Context ctx, ObjectNode body) {
        respond(ctx, 200, body);
    }

    /** Puts a time in seconds since 1970, or null. */
    static void putTime(ObjectNode node, String field, Optional<Instant> time) {
        time.ifPresentOrElse(t -> node.put(field, t.toEpochMilli() / 1e3), () -> node.putNull(field));
    }

    /** Puts a text or null. */
    static void putText(ObjectNode node, String field, Optional<String> text) {
        text.ifPresentOrElse(t -> node.put(field, t), () -> node.putNull(field));
    }
}

package da3.server.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.core.ErrorMessage;
import da3.export.OptionType;
import da3.geometry.check.Check;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Typed access to the fields of a JSON object. Unknown fields are rejected, and null is treated as a missing field. */
public final class JsonFields {

    private final ObjectNode object;

    /**
     * Checks the names of the fields.
     *
     * @param names all allowed names
     * @throws MalformedFieldException if the object has another field
     */
    public JsonFields(ObjectNode object, Collection<String> names) {
        this.object = object;
        object.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw malformed("field", "one of " + String.join(", ", names), "\"" + SafeText.sanitize(name) + "\"");
            }
        });
    }

    /** Returns the value of a field; a missing node if it is missing or null. */
    public JsonNode get(String name) {
        JsonNode node = object.path(name);
        return node.isNull() ? MissingNode.getInstance() : node;
    }

    /**
     * Passes the text of a field to a consumer, if the field is present.
     *
     * @throws MalformedFieldException if the value has another type
     */
    public void text(String name, Consumer<String> use) {
        read(name, JsonNode::isTextual, "a string", JsonNode::textValue, use);
    }

    /**
     * Passes the number of a field to a consumer, if the field is present.
     *
     * @throws MalformedFieldException if the value has another type
     */
    public void number(String name, Consumer<Double> use) {
        read(name, JsonNode::isNumber, "a number", JsonNode::doubleValue, use);
    }

    /**
     * Passes the texts of a field to a consumer, if the field is present.
     *
     * @throws MalformedFieldException if the value has another type
     */
    public void texts(String name, Consumer<List<String>> use) {
        read(
                name,
                node -> isListOf(node, JsonNode::isTextual),
                "a list of strings",
                node -> listOf(node, JsonNode::textValue),
                use);
    }

    /**
     * Passes the value of an option to a consumer, if the field is present.
     *
     * @throws MalformedFieldException if the value has another type
     * @throws IllegalArgumentException if {@code use} throws it; the message begins with the name of the field
     */
    void read(String name, OptionType.Kind kind, Consumer<Object> use) {
        switch (kind) {
            case FLAG -> read(name, JsonNode::isBoolean, "true or false", JsonNode::booleanValue, use);
            case INTEGER -> read(name, JsonFields::isInteger, "an integer of 32 bits", JsonNode::intValue, use);
            case LONG -> read(name, JsonFields::isLong, "an integer of 64 bits", JsonNode::longValue, use);
            case NUMBER -> read(name, JsonNode::isNumber, "a number", JsonNode::doubleValue, use);
            case TEXT -> read(name, JsonNode::isTextual, "a string", JsonNode::textValue, use);
            case INTEGERS ->
                read(
                        name,
                        node -> isListOf(node, JsonFields::isInteger),
                        "a list of integers",
                        node -> listOf(node, JsonNode::intValue),
                        use);
        }
    }

    private <T> void read(
            String name,
            Predicate<JsonNode> isOfType,
            String type,
            Function<JsonNode, T> value,
            Consumer<? super T> use) {
        JsonNode node = get(name);
        if (node.isMissingNode()) {
            return;
        }
        if (!isOfType.test(node)) {
            throw malformed(name, type, quoted(node));
        }
        try {
            use.accept(value.apply(node));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + ErrorMessage.printable(e.getMessage()), e);
        }
    }

    static MalformedFieldException malformed(String name, String requirement, String value) {
        return new MalformedFieldException(Check.message(name, requirement, value));
    }

    static String quoted(JsonNode node) {
        return SafeText.sanitize(node.toString());
    }

    private static boolean isInteger(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToInt();
    }

    private static boolean isLong(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong();
    }

    private static boolean isListOf(JsonNode node, Predicate<JsonNode> isOfType) {
        if (!node.isArray()) {
            return false;
        }
        for (JsonNode element : node) {
            if (!isOfType.test(element)) {
                return false;
            }
        }
        return true;
    }

    private static <T> List<T> listOf(JsonNode node, Function<JsonNode, T> value) {
        List<T> list = new ArrayList<>();
        node.forEach(element -> list.add(value.apply(element)));
        return list;
    }
}

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

/** The fields of a JSON object, each of its type. Unknown fields are refused, and null is the same as a missing field. */
public final class JsonFields {

    private final ObjectNode object;

    /**
     * Checks the names of the fields.
     *
     * @param names all allowed names
     * @throws MalformedFieldException if there is another one
     */
    public JsonFields(ObjectNode object, Collection<String> names) {
        this.object = object;
        object.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw malformed("field", "one of " + String.join(", ", names), "\"" + SafeText.shortened(name) + "\"");
            }
        });
    }

    /** Returns a field as it is; a missing node where it is missing or null. */
    public JsonNode get(String name) {
        JsonNode node = object.path(name);
        return node.isNull() ? MissingNode.getInstance() : node;
    }

    /** Passes a text on, where there is one. */
    public void text(String name, Consumer<String> use) {
        read(name, JsonNode::isTextual, "a text", JsonNode::textValue, use);
    }

    /** Passes a number on, where there is one. */
    public void number(String name, Consumer<Double> use) {
        read(name, JsonNode::isNumber, "a number", JsonNode::doubleValue, use);
    }

    /** Passes a list of texts on, where there is one. */
    public void texts(String name, Consumer<List<String>> use) {
        read(
                name,
                node -> isListOf(node, JsonNode::isTextual),
                "a list of texts",
                node -> listOf(node, JsonNode::textValue),
                use);
    }

    /**
     * Passes the value of an option on, where there is one.
     *
     * @throws MalformedFieldException if it is of another type
     * @throws IllegalArgumentException if {@code use} refuses it; the message names the field
     */
    void read(String name, OptionType.Kind kind, Consumer<Object> use) {
        switch (kind) {
            case FLAG -> read(name, JsonNode::isBoolean, "true or false", JsonNode::booleanValue, use);
            case INTEGER -> read(name, JsonFields::isInteger, "an integer of 32 bits", JsonNode::intValue, use);
            case LONG -> read(name, JsonFields::isLong, "an integer of 64 bits", JsonNode::longValue, use);
            case NUMBER -> read(name, JsonNode::isNumber, "a number", JsonNode::doubleValue, use);
            case TEXT -> read(name, JsonNode::isTextual, "a text", JsonNode::textValue, use);
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
        return SafeText.shortened(node.toString());
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

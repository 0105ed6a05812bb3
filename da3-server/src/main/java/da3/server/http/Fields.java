package da3.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** The fields of a request, each of its type; what is not known is refused by name, and null is as if it were left out. */
final class Fields {

    private final ObjectNode object;

    Fields(ObjectNode object, Collection<String> legal) {
        this.object = object;
        object.fieldNames().forEachRemaining(name -> {
            if (!legal.contains(name)) {
                throw HttpError.malformed(
                        "there is no field \"" + SafeText.shortened(name) + "\"; legal: " + String.join(", ", legal));
            }
        });
    }

    /** Missing where it is left out or null. */
    JsonNode get(String name) {
        JsonNode node = object.path(name);
        return node.isNull() ? MissingNode.getInstance() : node;
    }

    void text(String name, Consumer<String> use) {
        use(name, JsonNode::isTextual, "text", node -> use.accept(node.textValue()));
    }

    void truth(String name, Consumer<Boolean> use) {
        use(name, JsonNode::isBoolean, "true or false", node -> use.accept(node.booleanValue()));
    }

    void number(String name, Consumer<Double> use) {
        use(name, JsonNode::isNumber, "a number", node -> use.accept(node.doubleValue()));
    }

    void integer(String name, Consumer<Integer> use) {
        use(
                name,
                node -> node.isIntegralNumber() && node.canConvertToInt(),
                "a whole number of 32 bits",
                node -> use.accept(node.intValue()));
    }

    void wideInteger(String name, Consumer<Long> use) {
        use(
                name,
                node -> node.isIntegralNumber() && node.canConvertToLong(),
                "a whole number of 64 bits",
                node -> use.accept(node.longValue()));
    }

    void texts(String name, Consumer<List<String>> use) {
        use(
                name,
                node -> isListOf(node, JsonNode::isTextual),
                "a list of texts",
                node -> use.accept(listOf(node, JsonNode::textValue)));
    }

    void integers(String name, Consumer<List<Integer>> use) {
        use(
                name,
                node -> isListOf(node, n -> n.isIntegralNumber() && n.canConvertToInt()),
                "a list of whole numbers",
                node -> use.accept(listOf(node, JsonNode::intValue)));
    }

    private void use(String name, Function<JsonNode, Boolean> isLegal, String legal, Consumer<JsonNode> use) {
        JsonNode node = get(name);
        if (node.isMissingNode()) {
            return;
        }
        if (!isLegal.apply(node)) {
            throw HttpError.malformed(name + " is " + SafeText.shortened(node.toString()) + "; legal: " + legal);
        }
        try {
            use.accept(node);
        } catch (IllegalArgumentException e) {
            throw HttpError.illegal(name + ": " + SafeText.shortened(e.getMessage()));
        }
    }

    private static boolean isListOf(JsonNode node, Function<JsonNode, Boolean> isLegal) {
        if (!node.isArray()) {
            return false;
        }
        for (JsonNode element : node) {
            if (!isLegal.apply(element)) {
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

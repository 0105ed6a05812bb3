package da3.weights.config;

import com.fasterxml.jackson.databind.JsonNode;
import da3.nn.WeightsException;
import da3.weights.safetensors.UntrustedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An object of a configuration tree, read key by key with the reference's defaults; {@link #finish} refuses what was not
 * asked for.
 */
final class ConfigNode {

    static final String OBJECT = "__object__";

    private final JsonNode node;
    private final String path;
    private final Set<String> known = new TreeSet<>();

    /** @param path how errors name this object */
    ConfigNode(JsonNode node, String path) {
        if (!node.isObject()) {
            throw new WeightsException(path + " is " + UntrustedText.shown(node.toString()) + "; legal: an object");
        }
        this.node = node;
        this.path = path;
    }

    String path() {
        return path;
    }

    /** Refuses keys that were never asked for. */
    void finish() {
        for (String key : (Iterable<String>) node::fieldNames) {
            if (!known.contains(key)) {
                throw new WeightsException(
                        path + " has the unknown key '" + UntrustedText.shown(key) + "'; legal: " + known);
            }
        }
    }

    Optional<ConfigNode> child(String key) {
        return value(key).map(value -> new ConfigNode(value, path + "." + key));
    }

    ConfigNode requiredChild(String key) {
        return child(key).orElseThrow(() -> lacks(key));
    }

    int integer(String key, int fallback, int least, int most) {
        return value(key).map(value -> integer(value, key, least, most)).orElse(fallback);
    }

    int requiredInteger(String key, int least, int most) {
        return integer(value(key).orElseThrow(() -> lacks(key)), key, least, most);
    }

    /** A number that only one value is supported for. */
    void integerIs(String key, int only) {
        integer(key, only, only, only);
    }

    double number(String key, double fallback) {
        return value(key)
                .map(value -> {
                    if (!value.isNumber()) {
                        throw illegal(key, value, "a number");
                    }
                    return value.doubleValue();
                })
                .orElse(fallback);
    }

    boolean flag(String key, boolean fallback) {
        return value(key)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw illegal(key, value, "true or false");
                    }
                    return value.booleanValue();
                })
                .orElse(fallback);
    }

    /** A flag that only one value is supported for. */
    void flagIs(String key, boolean only) {
        if (flag(key, only) != only) {
            throw new WeightsException(path + "." + key + " is " + !only + "; legal: " + only);
        }
    }

    /** A text that only one value is supported for. */
    void textIs(String key, String only) {
        value(key).ifPresent(value -> {
            if (!value.isTextual() || !value.textValue().equals(only)) {
                throw illegal(key, value, only);
            }
        });
    }

    Optional<String> text(String key) {
        return value(key).map(value -> {
            if (!value.isTextual()) {
                throw illegal(key, value, "text");
            }
            return value.textValue();
        });
    }

    String requiredText(String key) {
        return text(key).orElseThrow(() -> lacks(key));
    }

    /** Exactly four whole numbers. */
    Optional<List<Integer>> fourIntegers(String key, int least, int most) {
        return value(key).map(value -> {
            if (!value.isArray() || value.size() != 4) {
                throw illegal(key, value, "four whole numbers");
            }
            List<Integer> numbers = new ArrayList<>();
            value.forEach(number -> numbers.add(integer(number, key, least, most)));
            return numbers;
        });
    }

    /** A list of texts that only one value is supported for. */
    void textsAre(String key, String... only) {
        value(key).ifPresent(value -> {
            List<String> found = new ArrayList<>();
            value.forEach(text -> found.add(text.asText()));
            if (!value.isArray() || !found.equals(Arrays.asList(only))) {
                throw illegal(key, value, Arrays.toString(only));
            }
        });
    }

    WeightsException lacks(String key) {
        return new WeightsException(path + " lacks '" + key + "'");
    }

    private int integer(JsonNode value, String key, int least, int most) {
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < least
                || value.intValue() > most) {
            throw illegal(key, value, least == most ? "" + least : "a whole number from " + least + " to " + most);
        }
        return value.intValue();
    }

    /** Python's None is as good as absent. */
    private Optional<JsonNode> value(String key) {
        known.add(key);
        return Optional.ofNullable(node.get(key)).filter(value -> !value.isNull());
    }

    private WeightsException illegal(String key, JsonNode value, String legal) {
        return new WeightsException(
                path + "." + key + " is " + UntrustedText.shown(value.toString()) + "; legal: " + legal);
    }
}

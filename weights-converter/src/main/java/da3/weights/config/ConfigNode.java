package da3.weights.config;

import com.fasterxml.jackson.databind.JsonNode;
import da3.geometry.check.Check;
import da3.nn.WeightsException;
import da3.weights.safetensors.UntrustedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An object of a configuration tree, which is read key by key with the defaults of the reference. {@link #finish}
 * rejects keys that were not read.
 */
final class ConfigNode {

    static final String OBJECT = "__object__";

    private final JsonNode node;
    private final String path;
    private final Set<String> known = new TreeSet<>();

    /** @param path name of this object in errors */
    ConfigNode(JsonNode node, String path) {
        if (!node.isObject()) {
            throw new WeightsException(Check.message(path, "an object", UntrustedText.shown(node.toString())));
        }
        this.node = node;
        this.path = path;
    }

    String path() {
        return path;
    }

    /** @throws WeightsException if there are keys that were not read */
    void finish() {
        for (String key : (Iterable<String>) node::fieldNames) {
            if (!known.contains(key)) {
                throw new WeightsException(
                        Check.message("keys of " + path, "among " + known, "'" + UntrustedText.shown(key) + "'"));
            }
        }
    }

    Optional<ConfigNode> child(String key) {
        return value(key).map(value -> new ConfigNode(value, path + "." + key));
    }

    ConfigNode requiredChild(String key) {
        return child(key).orElseThrow(() -> missing(key));
    }

    int integer(String key, int fallback, int min, int max) {
        return value(key).map(value -> integer(value, key, min, max)).orElse(fallback);
    }

    int requiredInteger(String key, int min, int max) {
        return integer(value(key).orElseThrow(() -> missing(key)), key, min, max);
    }

    /** Reads a number with a single supported value. */
    void expectInteger(String key, int expected) {
        integer(key, expected, expected, expected);
    }

    double number(String key, double fallback) {
        return value(key)
                .map(value -> {
                    if (!value.isNumber()) {
                        throw invalid(key, value, "a number");
                    }
                    return value.doubleValue();
                })
                .orElse(fallback);
    }

    boolean flag(String key, boolean fallback) {
        return value(key)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw invalid(key, value, "true or false");
                    }
                    return value.booleanValue();
                })
                .orElse(fallback);
    }

    /** Reads a flag with a single supported value. */
    void expectFlag(String key, boolean expected) {
        if (flag(key, expected) != expected) {
            throw new WeightsException(Check.message(path + "." + key, String.valueOf(expected), !expected));
        }
    }

    /** Reads a text with a single supported value. */
    void expectText(String key, String expected) {
        value(key).ifPresent(value -> {
            if (!value.isTextual() || !value.textValue().equals(expected)) {
                throw invalid(key, value, expected);
            }
        });
    }

    Optional<String> text(String key) {
        return value(key).map(value -> {
            if (!value.isTextual()) {
                throw invalid(key, value, "text");
            }
            return value.textValue();
        });
    }

    String requiredText(String key) {
        return text(key).orElseThrow(() -> missing(key));
    }

    /** Reads exactly four whole numbers. */
    Optional<List<Integer>> fourIntegers(String key, int min, int max) {
        return value(key).map(value -> {
            if (!value.isArray() || value.size() != 4) {
                throw invalid(key, value, "four whole numbers");
            }
            List<Integer> numbers = new ArrayList<>();
            value.forEach(number -> numbers.add(integer(number, key, min, max)));
            return numbers;
        });
    }

    /** Reads a list of strings with a single supported value. */
    void expectTexts(String key, String... expected) {
        value(key).ifPresent(value -> {
            List<String> found = new ArrayList<>();
            value.forEach(text -> found.add(text.asText()));
            if (!value.isArray() || !found.equals(Arrays.asList(expected))) {
                throw invalid(key, value, Arrays.toString(expected));
            }
        });
    }

    WeightsException missing(String key) {
        return new WeightsException(path + " lacks '" + key + "'");
    }

    private int integer(JsonNode value, String key, int min, int max) {
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
            throw invalid(key, value, min == max ? "" + min : "a whole number from " + min + " to " + max);
        }
        return value.intValue();
    }

    /** Returns a value; null, the None of Python, counts as absent. */
    private Optional<JsonNode> value(String key) {
        known.add(key);
        return Optional.ofNullable(node.get(key)).filter(value -> !value.isNull());
    }

    private WeightsException invalid(String key, JsonNode value, String requirement) {
        return new WeightsException(
                Check.message(path + "." + key, requirement, UntrustedText.shown(value.toString())));
    }
}

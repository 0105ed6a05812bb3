package da3.train.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A section of a configuration that is being read. Every value that is read is recorded, with its default if it is
 * absent; {@link #finish} rejects keys that were not read. Keys are recorded in the order in which they are first read.
 *
 * <p>All methods that read a value throw a {@link ConfigException} if it is present and not allowed. A null value counts
 * as absent, except in place of a list of subsections.
 */
public final class Section {

    private final JsonNode node;
    private final String path;
    private final ObjectNode resolved;
    private final TreeSet<String> known = new TreeSet<>(); // keys that were read

    private Section(JsonNode node, String path, ObjectNode resolved) {
        this.node = node;
        this.path = path;
        this.resolved = resolved;
        if (!node.isObject() && !node.isMissingNode() && !node.isNull()) {
            throw new ConfigException(
                    (path.isEmpty() ? "the configuration" : path) + " must be a mapping, got " + node);
        }
    }

    /**
     * Returns the whole configuration.
     *
     * @param node a mapping; a null or missing node is an empty configuration
     * @throws ConfigException if it is another node
     */
    public static Section root(JsonNode node) {
        return new Section(node, "", JsonNodeFactory.instance.objectNode());
    }

    /** Returns all keys that were read, with their effective values; later reads are added to it. */
    public ObjectNode resolved() {
        return resolved;
    }

    private JsonNode value(String key) {
        known.add(key);
        return node.path(key);
    }

    /** Returns a subsection, which is empty if it is absent. */
    public Section section(String key) {
        return new Section(value(key), path(key), resolved.putObject(key));
    }

    /**
     * Reads a list of subsections, which is empty if it is absent.
     *
     * @param read reads all keys of one subsection; other keys are rejected
     */
    public <T> List<T> sections(String key, Function<Section, T> read) {
        ArrayNode values = resolved.putArray(key);
        JsonNode list = value(key);
        if (!list.isArray() && !list.isMissingNode()) {
            throw invalid(key, list, "a list");
        }
        List<T> all = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            Section item = new Section(list.get(i), path(key) + "." + i, values.addObject());
            all.add(read.apply(item));
            item.finish();
        }
        return all;
    }

    /** Returns whether a key has a value. The key then counts as read, but is not recorded. */
    public boolean has(String key) {
        return !value(key).isMissingNode() && !value(key).isNull();
    }

    /**
     * Reads a whole number.
     *
     * @param min smallest allowed value
     * @param max largest allowed value; {@link Long#MAX_VALUE} for no limit
     */
    public long integer(String key, long defaultValue, long min, long max) {
        JsonNode value = value(key);
        String allowed = max == Long.MAX_VALUE || max == Integer.MAX_VALUE
                ? "a whole number from " + min
                : "a whole number from " + min + " to " + max;
        if (has(key) && (!value.isIntegralNumber() || value.asLong() < min || value.asLong() > max)) {
            throw invalid(key, value, allowed);
        }
        long result = has(key) ? value.asLong() : defaultValue;
        resolved.put(key, result);
        return result;
    }

    /** Reads a whole number; {@link Integer#MAX_VALUE} is no limit. */
    public int integer(String key, int defaultValue, int min, int max) {
        return (int) integer(key, (long) defaultValue, min, max);
    }

    /**
     * Reads a number.
     *
     * @param min smallest allowed value
     * @param max largest allowed value; {@link Double#MAX_VALUE} for no limit
     */
    public double number(String key, double defaultValue, double min, double max) {
        JsonNode value = value(key);
        String allowed = max == Double.MAX_VALUE ? "a number from " + min : "a number from " + min + " to " + max;
        if (has(key) && !(value.isNumber() && value.asDouble() >= min && value.asDouble() <= max)) {
            throw invalid(key, value, allowed);
        }
        double result = has(key) ? value.asDouble() : defaultValue;
        resolved.put(key, result);
        return result;
    }

    /** Reads a boolean. */
    public boolean flag(String key, boolean defaultValue) {
        JsonNode value = value(key);
        if (has(key) && !value.isBoolean()) {
            throw invalid(key, value, "true or false");
        }
        boolean result = has(key) ? value.asBoolean() : defaultValue;
        resolved.put(key, result);
        return result;
    }

    /** Reads a string; an absent one is empty and not recorded. */
    public Optional<String> text(String key) {
        JsonNode value = value(key);
        if (has(key) && !value.isTextual()) {
            throw invalid(key, value, "a string");
        }
        Optional<String> result = has(key) ? Optional.of(value.asText()) : Optional.empty();
        result.ifPresent(text -> resolved.put(key, text));
        return result;
    }

    /** Reads a string. */
    public String text(String key, String defaultValue) {
        String result = text(key).orElse(defaultValue);
        resolved.put(key, result);
        return result;
    }

    /** Reads a list of strings, which is empty if it is absent. */
    public List<String> texts(String key) {
        return list(key, JsonNode::isTextual, "a list of strings").stream()
                .map(JsonNode::asText)
                .toList();
    }

    /** Reads a list of strings. */
    public List<String> texts(String key, List<String> defaultValue) {
        if (!has(key)) {
            ArrayNode values = resolved.putArray(key);
            defaultValue.forEach(values::add);
            return defaultValue;
        }
        return texts(key);
    }

    /** Reads a list of whole numbers. */
    public List<Integer> integers(String key, List<Integer> defaultValue) {
        if (!has(key)) {
            ArrayNode values = resolved.putArray(key);
            defaultValue.forEach(values::add);
            return defaultValue;
        }
        return list(key, JsonNode::canConvertToInt, "a list of whole numbers").stream()
                .map(JsonNode::asInt)
                .toList();
    }

    private List<JsonNode> list(String key, Predicate<JsonNode> allowed, String requirement) {
        ArrayNode values = resolved.putArray(key);
        List<JsonNode> all = new ArrayList<>();
        if (has(key)) {
            JsonNode list = value(key);
            list.forEach(all::add);
            if (!list.isArray() || !all.stream().allMatch(allowed)) {
                throw invalid(key, list, requirement);
            }
            values.addAll(all);
        }
        return all;
    }

    /** Reads the name of an enum constant in lower case. */
    public <E extends Enum<E>> E choice(String key, E defaultValue) {
        E[] constants = defaultValue.getDeclaringClass().getEnumConstants();
        String text = text(key, id(defaultValue));
        return Arrays.stream(constants)
                .filter(constant -> id(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> invalid(
                        key,
                        node.path(key),
                        Arrays.stream(constants).map(Section::id).collect(Collectors.joining(" or "))));
    }

    private static String id(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Runs a check of a value and adds the key to the message of its exception.
     *
     * @param read receives this section; a {@link ConfigException} passes unchanged, another
     *     {@link IllegalArgumentException} becomes one
     */
    public <T> T checked(String key, Function<Section, T> read) {
        try {
            return read.apply(this);
        } catch (ConfigException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new ConfigException(path(key) + ": " + e.getMessage(), e);
        }
    }

    /**
     * Returns the exception for a value that is not allowed.
     *
     * @param allowed completes "the key must be"
     */
    public ConfigException invalid(String key, Object value, String allowed) {
        return new ConfigException(path(key) + " must be " + allowed + ", got " + value);
    }

    /**
     * Checks that all keys were read.
     *
     * @throws ConfigException if there are unknown keys
     */
    public void finish() {
        Iterator<String> names = node.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!known.contains(name)) {
                throw new ConfigException("keys of " + (path.isEmpty() ? "the configuration" : path) + " must be among "
                        + String.join(", ", known) + ", got " + name);
            }
        }
    }

    private String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}

package da3.io.rig;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import da3.geometry.check.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A part of a JSON or YAML file whose values are checked as they are read.
 *
 * @param file the file, for messages
 * @param path where the part is in the file, for messages; empty for the whole file
 * @param node the part
 */
record Tree(Path file, String path, JsonNode node) {

    /**
     * Maximum size of a file in bytes, since it is read as a whole; the tables of nuScenes' v1.0-trainval are larger.
     */
    private static final long MAX_BYTES = 256L << 20;

    static Tree json(Path file) throws IOException {
        return read(file, new JsonMapper());
    }

    /** Reads a YAML file; of several documents, the first one. */
    static Tree yaml(Path file) throws IOException {
        return read(file, new YAMLMapper());
    }

    private static Tree read(Path file, ObjectMapper mapper) throws IOException {
        long bytes = Files.size(file);
        if (bytes > MAX_BYTES) {
            throw new RigFormatException(file, Check.message("size in bytes", "at most " + MAX_BYTES, bytes));
        }
        try {
            return new Tree(file, "", mapper.readTree(Files.readAllBytes(file)));
        } catch (JacksonException e) {
            String line =
                    e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
            throw new RigFormatException(file, "not valid" + line + ": " + firstLine(e.getOriginalMessage()), e);
        }
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    boolean has(String key) {
        return node.hasNonNull(key);
    }

    /** Returns the value of a key, which must be present. */
    Tree get(String key) throws RigFormatException {
        if (!has(key)) {
            throw new RigFormatException(file, "'" + key + "' is missing" + (path.isEmpty() ? "" : " in " + path));
        }
        return new Tree(file, path.isEmpty() ? key : path + "." + key, node.get(key));
    }

    Optional<Tree> find(String key) throws RigFormatException {
        return has(key) ? Optional.of(get(key)) : Optional.empty();
    }

    /** Returns the elements of a list. */
    List<Tree> elements() throws RigFormatException {
        if (!node.isArray()) {
            throw invalid("a list");
        }
        List<Tree> elements = new ArrayList<>();
        for (JsonNode element : node) {
            elements.add(new Tree(file, path + "[" + elements.size() + "]", element));
        }
        return elements;
    }

    /** Returns the keys of an object in the order of the file. */
    List<String> keys() throws RigFormatException {
        if (!node.isObject()) {
            throw invalid("a mapping");
        }
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }

    String text() throws RigFormatException {
        if (!node.isValueNode()) {
            throw invalid("a text");
        }
        return node.asText();
    }

    double number() throws RigFormatException {
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw invalid("a finite number");
        }
        return node.doubleValue();
    }

    int integer() throws RigFormatException {
        if (!node.isInt()) {
            throw invalid("a whole number");
        }
        return node.intValue();
    }

    boolean flag() throws RigFormatException {
        if (!node.isBoolean()) {
            throw invalid("true or false");
        }
        return node.booleanValue();
    }

    /** Returns the numbers of a list; lists in lists are joined row by row. */
    double[] numbers() throws RigFormatException {
        List<Double> numbers = new ArrayList<>();
        for (Tree element : elements()) {
            if (element.node.isArray()) {
                for (double value : element.numbers()) {
                    numbers.add(value);
                }
            } else {
                numbers.add(element.number());
            }
        }
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Returns the numbers of a list of known length. */
    double[] numbers(int count) throws RigFormatException {
        double[] numbers = numbers();
        if (numbers.length != count) {
            throw new RigFormatException(
                    file, Check.message("number of values of " + path, "" + count, numbers.length));
        }
        return numbers;
    }

    private RigFormatException invalid(String requirement) {
        String value = node.toString();
        return new RigFormatException(
                file,
                Check.message(
                        path.isEmpty() ? "content" : path,
                        requirement,
                        value.length() > 80 ? value.substring(0, 80) + "..." : value));
    }

    /** Appends numbers to an array that is to be written. */
    static void add(ArrayNode array, double... values) {
        for (double value : values) {
            array.add(value);
        }
    }

    /** A calculation with values of a file. */
    @FunctionalInterface
    interface Calculation<T> {
        T get() throws RigFormatException;
    }

    /** Returns the result of a calculation and reports invalid values as errors of the file. */
    <T> T checked(Calculation<T> calculation) throws RigFormatException {
        try {
            return calculation.get();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new RigFormatException(file, e.getMessage(), e);
        }
    }
}

package da3.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The header of a PLY file of any encoding.
 *
 * @param order byte order of the values; empty if they are text
 * @param elements elements in the order of the file
 */
record PlyHeader(Optional<ByteOrder> order, List<Element> elements) {

    private static final int MAX_LINE_LENGTH = 1000;
    private static final int MAX_LINES = 1000;

    /** A type of numbers, by its two names. */
    enum Type {
        CHAR(1, "char", "int8"),
        UCHAR(1, "uchar", "uint8"),
        SHORT(2, "short", "int16"),
        USHORT(2, "ushort", "uint16"),
        INT(4, "int", "int32"),
        UINT(4, "uint", "uint32"),
        FLOAT(4, "float", "float32"),
        DOUBLE(8, "double", "float64");

        private final int bytes;
        private final List<String> names;

        Type(int bytes, String... names) {
            this.bytes = bytes;
            this.names = List.of(names);
        }

        static Optional<Type> named(String name) {
            return Arrays.stream(values())
                    .filter(type -> type.names.contains(name))
                    .findFirst();
        }

        int bytes() {
            return bytes;
        }
    }

    /**
     * A property of an element.
     *
     * @param count type of the length of a list; empty for a single value
     */
    record Property(String name, Type type, Optional<Type> count) {}

    /** An element: a number of rows that have the same properties. */
    record Element(String name, int rows, List<Property> properties) {

        /** Returns the index of a single value by name, or -1. */
        int index(String property) {
            for (int i = 0; i < properties.size(); i++) {
                if (properties.get(i).name().equals(property)
                        && properties.get(i).count().isEmpty()) {
                    return i;
                }
            }
            return -1;
        }

        /** Returns the bytes of a row at least, in binary form. */
        long leastBytes() {
            return properties.stream()
                    .mapToLong(
                            property -> property.count().orElse(property.type()).bytes())
                    .sum();
        }
    }

    /** Reads the header; the stream is then at the first value. */
    static PlyHeader read(InputStream in, Path file) throws IOException {
        if (!line(in, file).equals("ply")) {
            throw broken(file, "does not begin with 'ply'");
        }
        Optional<ByteOrder> order = Optional.empty();
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < MAX_LINES; i++) {
            String line = line(in, file);
            String[] words = line.split("\\s+");
            switch (words[0]) {
                case "format" -> order = order(words, line, file);
                case "element" -> elements.add(element(words, line, file));
                case "property" -> {
                    if (elements.isEmpty()) {
                        throw broken(file, "has the property '" + line + "' before any element");
                    }
                    elements.get(elements.size() - 1).properties().add(property(words, line, file));
                }
                case "end_header" -> {
                    return new PlyHeader(order, elements);
                }
                case "comment", "obj_info" -> {}
                default -> throw broken(file, "has an unknown header line '" + line + "'");
            }
        }
        throw broken(file, "has a header of more than " + MAX_LINES + " lines");
    }

    /** Returns an element by name. */
    Optional<Element> element(String name) {
        return elements.stream().filter(element -> element.name().equals(name)).findFirst();
    }

    static IOException broken(Path file, String reason) {
        return new IOException(file + " " + reason);
    }

    private static Optional<ByteOrder> order(String[] words, String line, Path file) throws IOException {
        return switch (words.length > 1 ? words[1] : "") {
            case "ascii" -> Optional.empty();
            case "binary_little_endian" -> Optional.of(ByteOrder.LITTLE_ENDIAN);
            case "binary_big_endian" -> Optional.of(ByteOrder.BIG_ENDIAN);
            default ->
                throw broken(
                        file,
                        "has '" + line + "', expected format ascii, binary_little_endian or binary_big_endian 1.0");
        };
    }

    private static Element element(String[] words, String line, Path file) throws IOException {
        if (words.length != 3 || !words[2].matches("[0-9]{1,9}")) {
            throw broken(file, "has '" + line + "', expected element NAME and a count up to 999999999");
        }
        return new Element(words[1], Integer.parseInt(words[2]), new ArrayList<>());
    }

    private static Property property(String[] words, String line, Path file) throws IOException {
        boolean list = words.length == 5 && words[1].equals("list");
        if (words.length != 3 && !list) {
            throw broken(file, "has '" + line + "', expected property TYPE NAME or property list TYPE TYPE NAME");
        }
        Optional<Type> count = list ? Optional.of(type(words[2], line, file)) : Optional.empty();
        return new Property(words[words.length - 1], type(words[words.length - 2], line, file), count);
    }

    private static Type type(String name, String line, Path file) throws IOException {
        return Type.named(name)
                .orElseThrow(() -> broken(file, "has '" + line + "', which has the unknown type " + name));
    }

    private static String line(InputStream in, Path file) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() == MAX_LINE_LENGTH) {
                throw broken(file, "is not a PLY file: its header has no end");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }
}

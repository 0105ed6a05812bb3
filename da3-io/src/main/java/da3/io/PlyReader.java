package da3.io;

import da3.geometry.check.Check;
import da3.io.PlyHeader.Element;
import da3.io.PlyHeader.Property;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads points and meshes from PLY files: text or binary of either byte order, with numbers of any type. Of vertices it
 * reads x, y, z and, as far as present, red, green, blue; polygons become triangles. Other properties and elements are
 * skipped.
 *
 * @see <a href="https://paulbourke.net/dataformats/ply/">the format</a>
 */
public final class PlyReader {

    /** Three numbers for each vertex must fit into one array. */
    private static final int MAX_VERTICES = (Integer.MAX_VALUE - 8) / 3;

    private final Path file;
    private final PlyValues values;
    private float[] positions = {};
    private byte[] colors = {};
    private int[] triangles = {};
    private int corners;

    private PlyReader(Path file, PlyValues values) {
        this.file = file;
        this.values = values;
    }

    /**
     * Reads a file.
     *
     * @throws IOException if the file is missing, cannot be read, is damaged or has no vertices; the message says what
     *     is wrong
     */
    public static PlySurface read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            PlyHeader header = PlyHeader.read(in, file);
            requirePossible(header, file);
            PlyReader reader = new PlyReader(
                    file,
                    header.order().map(order -> PlyValues.binary(in, order)).orElseGet(() -> PlyValues.text(in)));
            for (Element element : header.elements()) {
                reader.read(element);
            }
            return new PlySurface(reader.positions, reader.colors, Arrays.copyOf(reader.triangles, reader.corners));
        }
    }

    /** Rejects counts that exceed the size of the file before memory is allocated for them. */
    private static void requirePossible(PlyHeader header, Path file) throws IOException {
        Element vertices =
                header.element("vertex").orElseThrow(() -> PlyHeader.broken(file, "has no element 'vertex'"));
        for (String name : new String[] {"x", "y", "z"}) {
            if (vertices.index(name) < 0) {
                throw PlyHeader.broken(file, "has no property '" + name + "' of vertices");
            }
        }
        if (vertices.rows() > MAX_VERTICES) {
            throw PlyHeader.broken(
                    file, "has " + vertices.rows() + " vertices; at most " + MAX_VERTICES + " can be read");
        }
        long size = Files.size(file);
        for (Element element : header.elements()) {
            // a number written as text takes a digit and a blank
            long row = header.order().isPresent()
                    ? element.leastBytes()
                    : 2L * element.properties().size();
            if (element.rows() * row > size + 1) {
                throw PlyHeader.broken(
                        file,
                        "has " + size + " bytes, but its " + element.rows() + " rows of element '" + element.name()
                                + "' need at least " + element.rows() * row);
            }
        }
    }

    private void read(Element element) throws IOException {
        if (element.properties().isEmpty()) {
            return; // any number of rows would be nothing
        }
        int row = 0;
        try {
            if (element.name().equals("vertex")) {
                positions = new float[3 * element.rows()];
                colors = new byte[3 * element.rows()];
            }
            for (; row < element.rows(); row++) {
                switch (element.name()) {
                    case "vertex" -> readVertex(element, row);
                    case "face" -> readFace(element);
                    default -> skip(element);
                }
            }
        } catch (EOFException e) {
            throw PlyHeader.broken(
                    file, "ends within row " + row + " of the " + element.rows() + " of '" + element.name() + "'");
        } catch (NumberFormatException e) {
            throw PlyHeader.broken(file, "has no number in row " + row + " of '" + element.name() + "'");
        }
    }

    private void readVertex(Element element, int row) throws IOException {
        for (Property property : element.properties()) {
            if (property.count().isPresent()) {
                skip(property);
                continue;
            }
            double value = values.next(property.type());
            switch (property.name()) {
                case "x" -> positions[3 * row] = (float) value;
                case "y" -> positions[3 * row + 1] = (float) value;
                case "z" -> positions[3 * row + 2] = (float) value;
                case "red" -> colors[3 * row] = (byte) (int) value;
                case "green" -> colors[3 * row + 1] = (byte) (int) value;
                case "blue" -> colors[3 * row + 2] = (byte) (int) value;
                default -> {}
            }
        }
    }

    private void readFace(Element element) throws IOException {
        for (Property property : element.properties()) {
            boolean indices =
                    property.name().equals("vertex_indices") || property.name().equals("vertex_index");
            if (!indices || property.count().isEmpty()) {
                skip(property);
                continue;
            }
            int count = count(property);
            int first = count > 0 ? index(property) : 0;
            int previous = count > 1 ? index(property) : 0;
            for (int i = 2; i < count; i++) {
                int next = index(property);
                add(first, previous, next);
                previous = next;
            }
        }
    }

    private int index(Property property) throws IOException {
        double index = values.next(property.type());
        int vertices = positions.length / 3;
        if (!(index >= 0 && index < vertices)) {
            throw PlyHeader.broken(
                    file, "has a face whose " + Check.message("vertex", "from 0 to " + (vertices - 1), (long) index));
        }
        return (int) index;
    }

    private void add(int a, int b, int c) {
        if (corners + 3 > triangles.length) {
            triangles = Arrays.copyOf(triangles, Math.max(1 << 10, Math.addExact(corners, corners / 2 + 3)));
        }
        triangles[corners++] = a;
        triangles[corners++] = b;
        triangles[corners++] = c;
    }

    private void skip(Element element) throws IOException {
        for (Property property : element.properties()) {
            skip(property);
        }
    }

    private void skip(Property property) throws IOException {
        int count = property.count().isPresent() ? count(property) : 1;
        for (int i = 0; i < count; i++) {
            values.next(property.type());
        }
    }

    private int count(Property property) throws IOException {
        double count = values.next(property.count().orElseThrow());
        if (!(count >= 0 && count <= Integer.MAX_VALUE)) {
            throw PlyHeader.broken(
                    file, "has a list '" + property.name() + "' whose " + Check.message("length", "at least 0", count));
        }
        return (int) count;
    }
}

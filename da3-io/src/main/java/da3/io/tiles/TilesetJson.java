package da3.io.tiles;

import da3.geometry.Pose;
import java.util.StringJoiner;

/**
 * Writes {@code tileset.json}.
 *
 * @see <a href="https://docs.ogc.org/cs/22-025r4/22-025r4.html">3D Tiles 1.1</a>
 */
final class TilesetJson {

    /** Growth of all boxes relative to the size of the tile set, so that a flat box has a volume. */
    private static final double MARGIN = 1e-6;

    private final double margin;

    private TilesetJson(double margin) {
        this.margin = margin;
    }

    /**
     * Returns the description of tiles.
     *
     * @param toZUp rotation from the axes of the points to axes with z up
     * @param points number of points, written into the extras; without any, the root has no content
     */
    static String of(Tile root, Pose toZUp, long points) {
        double size = 2 * Math.max(1e-6, root.bounds().largestHalf());
        String tiles = new TilesetJson(MARGIN * size).tile(root, ",\"transform\":" + matrix(toZUp), points > 0);
        return "{\"asset\":{\"version\":\"1.1\",\"generator\":\"da3-io\"},\"extras\":{\"points\":" + points
                + "},\"geometricError\":" + size + ",\"root\":" + tiles + "}\n";
    }

    private String tile(Tile tile, String transform, boolean content) {
        StringJoiner children = new StringJoiner(",", ",\"children\":[", "]").setEmptyValue("");
        for (Tile child : tile.children()) {
            children.add("\n" + tile(child, "", true));
        }
        return "{\"boundingVolume\":{\"box\":" + box(tile.bounds()) + "},\"geometricError\":" + tile.geometricError()
                + ",\"refine\":\"ADD\"" + transform + (content ? ",\"content\":{\"uri\":\"" + tile.file() + "\"}" : "")
                + children + "}";
    }

    /** Returns the center of a box and its half axes. */
    private String box(Bounds bounds) {
        StringJoiner numbers = new StringJoiner(",", "[", "]");
        for (int axis = 0; axis < 3; axis++) {
            numbers.add(Double.toString(bounds.center(axis)));
        }
        for (int axis = 0; axis < 3; axis++) {
            for (int i = 0; i < 3; i++) {
                numbers.add(i == axis ? Double.toString(bounds.half(axis) + margin) : "0");
            }
        }
        return numbers.toString();
    }

    /** Returns a 4x4 matrix in column-major order. */
    private static String matrix(Pose pose) {
        double[] rows = pose.toMatrix3x4();
        StringJoiner numbers = new StringJoiner(",", "[", "]");
        for (int column = 0; column < 4; column++) {
            for (int row = 0; row < 3; row++) {
                numbers.add(Double.toString(rows[4 * row + column] + 0.0)); // no negative zero
            }
            numbers.add(column == 3 ? "1" : "0");
        }
        return numbers.toString();
    }
}

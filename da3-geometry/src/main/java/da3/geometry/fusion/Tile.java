package da3.geometry.fusion;

import da3.geometry.math.Vec3;
import java.util.Comparator;

/**
 * A cube of a regular grid, by its index along each axis: tile (0, 0, 0) begins at the origin of the world and extends
 * along the positive axes. Tiles are ordered by z, then y, then x.
 */
public record Tile(int x, int y, int z) implements Comparable<Tile> {

    private static final Comparator<Tile> ORDER =
            Comparator.comparingInt(Tile::z).thenComparingInt(Tile::y).thenComparingInt(Tile::x);

    /**
     * Returns the tile that contains a point.
     *
     * @param side side of a tile in world units
     */
    public static Tile containing(Vec3 point, double side) {
        return new Tile(index(point.x(), side), index(point.y(), side), index(point.z(), side));
    }

    private static int index(double coordinate, double side) {
        return (int) Math.floor(coordinate / side);
    }

    @Override
    public int compareTo(Tile other) {
        return ORDER.compare(this, other);
    }
}

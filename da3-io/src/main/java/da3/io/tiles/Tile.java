package da3.io.tiles;

import java.util.List;

/**
 * A tile with points and the tiles that refine it.
 *
 * @param file name of the file with its points
 * @param bounds box around the points of the tile and of all its descendants
 * @param geometricError distance between adjacent points of the tile; 0 without children
 */
record Tile(String file, Bounds bounds, double geometricError, List<Tile> children) {}

package da3.streaming;

import da3.geometry.Pose;
import da3.io.tiles.PointTiles;
import java.io.IOException;
import java.nio.file.Path;

/** Writes the points of all frames as 3D Tiles, frame by frame. */
final class TilesExport {

    private TilesExport() {}

    /** Writes the tile set. Measured positions and poses have z up; otherwise the first camera is taken to be upright. */
    static Path write(StreamingMap map, Path folder, PointOptions options) throws IOException {
        Pose toZUp = map.measurements().definesWorld() ? Pose.IDENTITY : PointTiles.Y_DOWN;
        try (PointTiles tiles = PointTiles.create(folder, toZUp)) {
            for (int i = 0; i < map.size(); i++) {
                tiles.write(map.points(i, map.view(i), options).cloud());
            }
            return tiles.commit();
        }
    }
}

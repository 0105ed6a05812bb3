package da3.browser;

import da3.geometry.PointCloud;
import da3.io.tiles.PointTiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/** Tile sets of hilly terrain with any number of points, written in parts. */
final class LargeCloud {

    private static final int PART = 100_000;
    private static final float SIDE = 200;

    private LargeCloud() {}

    /** Writes a tile set of about so many points and returns its description. */
    static Path write(Path folder, long points) throws IOException {
        Random random = new Random(1);
        try (PointTiles tiles = PointTiles.create(folder, PointTiles.Y_DOWN)) {
            for (long written = 0; written < points; written += PART) {
                tiles.write(part((int) Math.min(PART, points - written), random));
            }
            return tiles.commit();
        }
    }

    private static PointCloud part(int points, Random random) {
        float[] positions = new float[3 * points];
        byte[] colors = new byte[3 * points];
        for (int i = 0; i < positions.length; i += 3) {
            float x = SIDE * (random.nextFloat() - 0.5f);
            float z = SIDE * (random.nextFloat() - 0.5f);
            positions[i] = x;
            positions[i + 1] = (float) (-4 * Math.sin(x / 9) * Math.cos(z / 13) - 0.3 * Math.sin(x));
            positions[i + 2] = z;
            colors[i] = (byte) (128 + 90 * Math.sin(x / 5));
            colors[i + 1] = (byte) (128 + 90 * Math.cos(z / 7));
            colors[i + 2] = (byte) (100 + 20 * positions[i + 1]);
        }
        return new PointCloud(positions, colors);
    }
}

package da3.streaming;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.View;
import da3.geometry.fusion.Tile;
import da3.geometry.fusion.TiledFusion;
import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.Vec3;
import da3.io.ExportDirectory;
import da3.io.GaussianPly;
import da3.io.GaussianPlyOptions;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gaussians from the stored depth, in a PLY file of 3D Gaussian splatting for each cube of the map. Each point of the map
 * is a flat Gaussian in the plane of its surface, as large as the pixels that it stands for, in the color of its pixel. No
 * network predicts them, since a map does not store what a Gaussian head would need.
 */
final class GaussianTiles {

    private static final float OPACITY = 0.9f;

    /** Standard deviation in the plane relative to the distance between neighbors, and along the normal relative to it. */
    private static final double SIZE = 0.5;

    private static final double THICKNESS = 0.1;

    /** Maximum relative difference between the depths of neighbors on the same surface. */
    private static final double SAME_SURFACE = 0.1;

    /** The constant spherical harmonic. */
    private static final double HARMONIC = 0.5 / Math.sqrt(Math.PI);

    private GaussianTiles() {}

    static List<Path> write(StreamingMap map, Path folder, PointOptions options) throws IOException {
        double side = TiledFusion.TILE_VOXELS * MeshExport.voxelSize(map, options);
        Map<Tile, Rows> tiles = new TreeMap<>();
        for (int i = 0; i < map.size(); i++) {
            View view = map.view(i);
            addFrame(view, map.points(i, view, options), side, tiles);
        }
        ExportDirectory directory = ExportDirectory.open(folder);
        deleteTiles(directory.root());
        List<Path> files = new ArrayList<>();
        for (Map.Entry<Tile, Rows> entry : tiles.entrySet()) {
            Tile tile = entry.getKey();
            GaussianCloud cloud = entry.getValue().cloud();
            String name = "tile_" + tile.x() + "_" + tile.y() + "_" + tile.z() + ".ply";
            files.add(directory.write(name, out -> GaussianPly.write(cloud, out, GaussianPlyOptions.complete())));
        }
        return files;
    }

    /** Deletes the tiles of an earlier export, which may be others. */
    private static void deleteTiles(Path folder) throws IOException {
        try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, "tile_*.ply")) {
            for (Path file : old) {
                Files.delete(file);
            }
        }
    }

    private static void addFrame(View view, FramePoints points, double side, Map<Tile, Rows> tiles) {
        Camera camera = view.camera().orElseThrow();
        Intrinsics k = camera.intrinsics();
        Pose toMap = camera.pose().inverse();
        ScalarMap depth = view.depth();
        int count = points.pixels().length;
        double spacing = Math.sqrt((double) depth.values().length / Math.max(1, count)); // in pixels
        float[] positions = points.cloud().positions();
        for (int i = 0; i < count; i++) {
            int pixel = points.pixels()[i];
            Vec3 mean = new Vec3(positions[3 * i], positions[3 * i + 1], positions[3 * i + 2]);
            Vec3 normal = toMap.rotation().times(normal(depth, k, pixel % depth.width(), pixel / depth.width()));
            double size = SIZE * spacing * depth.values()[pixel] / Math.sqrt(k.fx() * k.fy());
            tiles.computeIfAbsent(Tile.containing(mean, side), key -> new Rows())
                    .add(mean, size, normal, points.cloud().colors(), 3 * i);
        }
    }

    /** Returns the unit normal of the surface at a pixel in camera axes; towards the camera at the edge of a surface. */
    private static Vec3 normal(ScalarMap depth, Intrinsics k, int x, int y) {
        int right = x + 1 < depth.width() ? x + 1 : x - 1;
        int below = y + 1 < depth.height() ? y + 1 : y - 1;
        float z = depth.at(x, y);
        Vec3 center = k.unproject(x + 0.5, y + 0.5, z);
        boolean inside = right >= 0 && below >= 0;
        if (inside && isSame(z, depth.at(right, y)) && isSame(z, depth.at(x, below))) {
            Vec3 a = k.unproject(right + 0.5, y + 0.5, depth.at(right, y)).minus(center);
            Vec3 b = k.unproject(x + 0.5, below + 0.5, depth.at(x, below)).minus(center);
            Vec3 normal = a.cross(b);
            if (normal.norm() > 0) {
                return normal.times(1 / normal.norm());
            }
        }
        return center.times(-1 / center.norm());
    }

    private static boolean isSame(float z, float other) {
        return Math.abs(z - other) <= SAME_SURFACE * z;
    }

    /** Gaussians of a tile: mean (3), scales (3), rotation (4) and color (3) each. */
    private static final class Rows {

        private static final int LENGTH = 13;

        private float[] values = new float[64 * LENGTH];
        private int count;

        void add(Vec3 mean, double size, Vec3 normal, byte[] colors, int color) {
            if ((count + 1) * LENGTH > values.length) {
                values = Arrays.copyOf(values, 2 * values.length);
            }
            Vec3 aside = Math.abs(normal.x()) < 0.9 ? new Vec3(1, 0, 0) : new Vec3(0, 1, 0);
            Vec3 first = normal.cross(aside);
            Vec3 u = first.times(1 / first.norm());
            Quaternion q = Quaternion.ofMatrix(Mat3.ofColumns(u, normal.cross(u), normal));
            double[] row = {
                mean.x(),
                mean.y(),
                mean.z(),
                size,
                size,
                THICKNESS * size,
                q.w(),
                q.x(),
                q.y(),
                q.z(),
                harmonic(colors[color]),
                harmonic(colors[color + 1]),
                harmonic(colors[color + 2])
            };
            for (int i = 0; i < LENGTH; i++) {
                values[count * LENGTH + i] = (float) row[i];
            }
            count++;
        }

        private static double harmonic(byte color) {
            return ((color & 0xff) / 255.0 - 0.5) / HARMONIC;
        }

        GaussianCloud cloud() {
            float[] opacities = new float[count];
            Arrays.fill(opacities, OPACITY);
            return new GaussianCloud(column(0, 3), column(3, 3), column(6, 4), column(10, 3), opacities, 0);
        }

        private float[] column(int first, int width) {
            float[] column = new float[count * width];
            for (int i = 0; i < count; i++) {
                System.arraycopy(values, i * LENGTH + first, column, i * width, width);
            }
            return column;
        }
    }
}

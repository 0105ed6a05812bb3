package da3.streaming;

import da3.geometry.ScalarMap;
import da3.geometry.TriangleMesh;
import da3.geometry.View;
import da3.geometry.fusion.Tile;
import da3.geometry.fusion.TiledFusion;
import da3.geometry.fusion.TsdfOptions;
import da3.io.Glb;
import da3.io.PlyMeshWriter;
import da3.streaming.store.WindowInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fuses the depth of all frames to a mesh, tile by tile. */
final class MeshExport {

    /** Voxels per median depth: about the noise of depth, so that a truncation of four voxels spans it. */
    private static final double VOXELS_PER_DEPTH = 100;

    /** Maximum depth of fused pixels in median depths; farther ones are much wider than a voxel. */
    private static final double MAX_DEPTH = 5;

    /** Minimum number of triangles of a connected component. */
    private static final int MIN_COMPONENT = 100;

    private MeshExport() {}

    static Path write(StreamingMap map, Path folder, PointOptions options) throws IOException {
        try (PlyMeshWriter writer = PlyMeshWriter.create(folder.resolve("mesh.ply"))) {
            TiledFusion fusion = fusion(map, options);
            for (Tile tile : fusion.tiles()) {
                writer.write(fusion.mesh(tile, MIN_COMPONENT));
            }
            return writer.commit();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Writes the mesh with a node for each tile. Memory holds the whole mesh, since the format states its size first. */
    static Path writeGlb(StreamingMap map, Path folder, PointOptions options) throws IOException {
        Map<String, TriangleMesh> meshes = new LinkedHashMap<>();
        try {
            TiledFusion fusion = fusion(map, options);
            for (Tile tile : fusion.tiles()) {
                String name = "tile_" + tile.x() + "_" + tile.y() + "_" + tile.z();
                meshes.put(name, fusion.mesh(tile, MIN_COMPONENT));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        Path file = folder.resolve("mesh.glb");
        Glb.writeMeshes(meshes, file);
        return file;
    }

    private static TiledFusion fusion(StreamingMap map, PointOptions options) {
        TsdfOptions fused = TsdfOptions.of(voxelSize(map, options)).withMaxDepth(MAX_DEPTH * medianDepth(map));
        return new TiledFusion(map.size(), i -> usablePixels(map, i), fused);
    }

    /** Returns the side of a voxel in the unit of the map. */
    static double voxelSize(StreamingMap map, PointOptions options) {
        return options.voxelSize().orElseGet(() -> medianDepth(map) / VOXELS_PER_DEPTH);
    }

    /** Returns the median over all windows of their depths in the unit of the map; 1 without any depth. */
    static double medianDepth(StreamingMap map) {
        List<WindowInfo> windows = map.windows();
        List<Double> scales = map.scales();
        double[] depths = windows.stream()
                .mapToDouble(window -> window.depth() * scales.get(window.number()))
                .filter(depth -> depth > 0)
                .sorted()
                .toArray();
        return depths.length == 0 ? 1 : depths[depths.length / 2];
    }

    /** Returns a frame without the depth of masked pixels, whose confidence is 1. */
    private static View usablePixels(StreamingMap map, int frame) {
        try {
            View view = map.view(frame);
            float[] depth = view.depth().values().clone();
            float[] confidence = view.confidence().orElseThrow().values();
            for (int i = 0; i < depth.length; i++) {
                depth[i] = confidence[i] > 1 ? depth[i] : 0;
            }
            ScalarMap usable = new ScalarMap(view.depth().width(), view.depth().height(), depth);
            return new View(view.image(), usable, view.confidence(), view.camera());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package da3.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.View;
import da3.geometry.math.Vec3;
import da3.io.PlyReader;
import da3.io.PlySurface;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeshExportTest {

    private static final double VOXEL = 0.05;

    private static final Oracle ORACLE = Oracle.circle(12).inMeters();

    @TempDir
    private Path folder;

    /** The first camera, at the corner of eight tiles, is in the room. */
    @Test
    void verticesAreOnTheSurfacesThatFramesSee() throws IOException {
        try (StreamingMap map = run()) {
            PlySurface mesh = mesh(map, PointOptions.defaults().withVoxelSize(VOXEL));
            assertThat(mesh.triangleCount()).isGreaterThan(10_000);
            Camera first = ORACLE.cameras().get(0);
            int near = 0;
            for (int i = 0; i < mesh.vertexCount(); i++) {
                Vec3 vertex =
                        new Vec3(mesh.positions()[3 * i], mesh.positions()[3 * i + 1], mesh.positions()[3 * i + 2]);
                near += isSeen(first.pose().inverse().transform(vertex), ORACLE.truth()) ? 1 : 0;
            }
            assertThat((double) near / mesh.vertexCount()).isGreaterThan(0.99);
        }
    }

    /** The same store gives the same bytes; the default voxels follow from the depth. */
    @Test
    void meshesAreReproducible() throws IOException {
        try (StreamingMap map = run()) {
            double depth = MeshExport.medianDepth(map);
            assertThat(depth).isBetween(1.0, 5.0);
            Path one = MapFormat.MESH
                    .write(map, folder.resolve("one"), PointOptions.defaults())
                    .get(0);
            Path two = MapFormat.MESH
                    .write(map, folder.resolve("two"), PointOptions.defaults().withVoxelSize(depth / 100))
                    .get(0);
            assertThat(one).hasSameBinaryContentAs(two);
        }
    }

    private StreamingMap run() throws IOException {
        StreamingOptions options = StreamingOptions.defaults().withWindow(9, 3);
        StreamingMap map = StreamingMap.open(folder, ORACLE, options);
        map.run(ORACLE.source(), StreamingListener.SILENT);
        return map;
    }

    private PlySurface mesh(StreamingMap map, PointOptions options) throws IOException {
        return PlyReader.read(MapFormat.MESH.write(map, folder, options).get(0));
    }

    /** Returns whether a view shows a point within a voxel of its depth, or within a pixel of it. */
    private static boolean isSeen(Vec3 point, List<View> views) {
        for (View view : views) {
            Camera camera = view.camera().orElseThrow();
            Intrinsics k = camera.intrinsics();
            Vec3 p = camera.pose().transform(point);
            int x = (int) Math.floor(k.projectX(p.x(), p.z()));
            int y = (int) Math.floor(k.projectY(p.y(), p.z()));
            if (p.z() > 0 && x >= 0 && y >= 0 && x < Oracle.WIDTH && y < Oracle.HEIGHT) {
                double tolerance = VOXEL + 2 * p.z() / k.fx();
                if (Math.abs(view.depth().at(x, y) - p.z()) < tolerance) {
                    return true;
                }
            }
        }
        return false;
    }
}

package da3.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.Image;
import da3.geometry.View;
import da3.geometry.math.Vec3;
import da3.io.GaussianPlyReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the tiles of Gaussians and of the mesh as GLB. */
class GaussianTilesTest {

    private static final Oracle ORACLE = new Oracle(Oracle.circle(40).truth().subList(0, 6), 0, 0, true);

    @TempDir
    private Path folder;

    @Test
    void gaussiansAreOnSurfaces() throws IOException {
        try (StreamingMap map = run()) {
            PointOptions options = PointOptions.defaults().withMaxPoints(3000).withVoxelSize(0.02);
            Path stale = folder.resolve("gaussians/tile_99_0_0.ply");
            Files.createDirectories(stale.getParent());
            Files.writeString(stale, "of an earlier export");
            List<Path> files = MapFormat.GAUSSIANS.write(map, folder, options);
            assertThat(files).hasSizeGreaterThan(1).doesNotContain(stale);
            assertThat(stale).doesNotExist();
            int count = 0;
            int near = 0;
            View first = map.view(0);
            Camera camera = first.camera().orElseThrow();
            for (Path file : files) {
                GaussianCloud cloud = GaussianPlyReader.read(file);
                count += cloud.size();
                for (int i = 0; i < cloud.size(); i++) {
                    assertThat(cloud.opacities()[i]).isCloseTo(0.9f, within(1e-5f));
                    assertThat(cloud.scales()[3 * i]).isBetween(1e-4f, 0.5f);
                    near += isOnSurface(cloud, i, first, camera) ? 1 : 0;
                }
            }
            assertThat(count).isEqualTo(3000);
            assertThat(near).isGreaterThan(400); // the sixth part is of this frame
        }
    }

    private static boolean isOnSurface(GaussianCloud cloud, int i, View view, Camera camera) {
        float[] means = cloud.means();
        Vec3 p = camera.pose().transform(new Vec3(means[3 * i], means[3 * i + 1], means[3 * i + 2]));
        int x = (int) Math.floor(camera.intrinsics().projectX(p.x(), p.z()));
        int y = (int) Math.floor(camera.intrinsics().projectY(p.y(), p.z()));
        Image image = view.image();
        return p.z() > 0
                && x >= 0
                && y >= 0
                && x < image.width()
                && y < image.height()
                && Math.abs(view.depth().at(x, y) - p.z()) < 1e-3 * p.z();
    }

    @Test
    void theMeshAsGlbHasANodeForEachTile() throws IOException {
        try (StreamingMap map = run()) {
            PointOptions options = PointOptions.defaults().withVoxelSize(0.05);
            List<Path> files = MapFormat.GLB.write(map, folder, options);
            assertThat(files).containsExactly(folder.resolve("mesh.glb"));
            byte[] bytes = Files.readAllBytes(files.get(0));
            ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(header.getInt(0)).isEqualTo(0x46546C67);
            assertThat(header.getInt(8)).isEqualTo(bytes.length);
            String json = new String(bytes, 20, header.getInt(12), StandardCharsets.UTF_8);
            assertThat(json.split("\"name\":\"tile_")).hasSizeGreaterThan(2);
        }
    }

    private StreamingMap run() throws IOException {
        StreamingMap map =
                StreamingMap.open(folder, ORACLE, StreamingOptions.defaults().withWindow(6, 2));
        map.run(ORACLE.source(), StreamingListener.SILENT);
        return map;
    }
}

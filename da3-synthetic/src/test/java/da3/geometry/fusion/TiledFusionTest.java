package da3.geometry.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.Camera;
import da3.geometry.Scene;
import da3.geometry.TriangleMesh;
import da3.geometry.math.Vec3;
import da3.synthetic.CameraRig;
import da3.synthetic.SampleScenes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TiledFusionTest {

    private static final double VOXEL = 0.04;

    /**
     * Voxels of adjacent tiles are the same, so the triangles of all tiles are those of the whole scene, to the bit.
     */
    @Test
    void tilesAreTheWholeMesh() {
        List<Camera> cameras = SampleScenes.indoorArc().withCount(3).cameras(CameraRig.lens(56, 42, 1.2));
        Scene room = RenderedScenes.scene(SampleScenes.indoor(1), cameras, 56, 42);
        TsdfOptions options = TsdfOptions.of(VOXEL).withWitness(Double.POSITIVE_INFINITY);
        List<TriangleMesh> tiles = meshes(room, options, 0);
        assertThat(tiles).hasSizeGreaterThan(3);
        List<String> triangles = tiles.stream()
                .flatMap(mesh -> triangles(mesh).stream())
                .sorted()
                .toList();
        TriangleMesh whole = TsdfVolume.fuse(room, options).extractMesh();
        assertThat(triangles.equals(triangles(whole).stream().sorted().toList()))
                .isTrue();
    }

    /** The sphere has its center where eight tiles meet. */
    @Test
    void tilesOfASphereMeetWithoutGaps() {
        Scene sphere = RenderedScenes.sphere(48);
        List<TriangleMesh> tiles = meshes(sphere, TsdfOptions.of(0.05), 100);
        assertThat(tiles).hasSize(8).allMatch(mesh -> mesh.triangleCount() > 100);
        assertThat(Topology.of(tiles.get(0)).isClosed()).isFalse();
        Topology topology = Topology.of(welded(tiles));
        assertThat(topology.isClosed()).as(topology.toString()).isTrue();
        assertThat(topology.eulerCharacteristic()).isEqualTo(2);
    }

    @Test
    void smallComponentsGoUnlessTheyReachTheBorder() {
        Scene sphere = RenderedScenes.sphere(48);
        assertThat(meshes(sphere, TsdfOptions.of(0.05), 1_000_000))
                .allMatch(mesh -> mesh.triangleCount() > 100); // all reach the border
        // Tiles of 12.8 m, so that the sphere at the middle of a tile reaches no border.
        TsdfOptions options = TsdfOptions.of(0.1);
        Scene moved = RenderedScenes.moved(sphere, new Vec3(6, 6, 6));
        assertThat(meshes(moved, options, 100)).hasSize(1).allMatch(mesh -> mesh.triangleCount() > 100);
        assertThat(meshes(moved, options, 1_000_000)).allMatch(mesh -> mesh.triangleCount() == 0);
    }

    @Test
    void threadsDoNotChangeTheResult() {
        Scene sphere = RenderedScenes.sphere(48);
        List<TriangleMesh> one = meshes(sphere, TsdfOptions.of(0.05).withThreads(1), 0);
        List<TriangleMesh> two = meshes(sphere, TsdfOptions.of(0.05).withThreads(2), 0);
        for (int i = 0; i < one.size(); i++) {
            assertThat(Arrays.equals(one.get(i).positions(), two.get(i).positions()))
                    .isTrue();
            assertThat(Arrays.equals(one.get(i).colors(), two.get(i).colors())).isTrue();
            assertThat(Arrays.equals(one.get(i).triangles(), two.get(i).triangles()))
                    .isTrue();
        }
    }

    @Test
    void projectiveDistancesAreNotTiled() {
        assertThatThrownBy(() ->
                        new TiledFusion(0, v -> null, TsdfOptions.of(VOXEL).withProjective(true)))
                .hasMessage("option projective of a tiled fusion must be false, got true");
    }

    private static List<TriangleMesh> meshes(Scene scene, TsdfOptions options, int minComponent) {
        TiledFusion fusion = new TiledFusion(scene.views().size(), scene::view, options);
        return fusion.tiles().stream()
                .map(tile -> fusion.mesh(tile, minComponent))
                .toList();
    }

    /** Returns a text with the coordinates, normals and colors of each triangle. */
    private static List<String> triangles(TriangleMesh mesh) {
        List<String> triangles = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < mesh.triangles().length; i++) {
            for (int at = 3 * mesh.triangles()[i]; at < 3 * mesh.triangles()[i] + 3; at++) {
                text.append(mesh.positions()[at]).append(' ').append(mesh.normals()[at]);
                text.append(' ').append(mesh.colors()[at]).append(' ');
            }
            if (i % 3 == 2) {
                triangles.add(text.toString());
                text.setLength(0);
            }
        }
        return triangles;
    }

    /** Joins meshes whose vertices at the same position are one. */
    private static TriangleMesh welded(List<TriangleMesh> meshes) {
        Map<List<Float>, Integer> numbers = new HashMap<>();
        List<Integer> triangles = new ArrayList<>();
        for (TriangleMesh mesh : meshes) {
            for (int vertex : mesh.triangles()) {
                List<Float> position = new ArrayList<>();
                for (int at = 3 * vertex; at < 3 * vertex + 3; at++) {
                    position.add(mesh.positions()[at]);
                }
                triangles.add(numbers.computeIfAbsent(position, p -> numbers.size()));
            }
        }
        float[] positions = new float[3 * numbers.size()];
        return new TriangleMesh(
                positions,
                positions,
                new byte[positions.length],
                triangles.stream().mapToInt(Integer::intValue).toArray());
    }
}

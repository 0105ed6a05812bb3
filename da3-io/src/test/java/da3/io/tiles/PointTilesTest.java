package da3.io.tiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import da3.geometry.PointCloud;
import de.javagl.jgltf.model.AccessorByteData;
import de.javagl.jgltf.model.AccessorFloatData;
import de.javagl.jgltf.model.MeshPrimitiveModel;
import de.javagl.jgltf.model.io.GltfModelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointTilesTest {

    private static final int MAX_LEAF = 2_000;

    @TempDir
    private Path folder;

    @Test
    void eachPointIsInOneTile() throws IOException {
        PointCloud cloud = wall(40_000);
        JsonNode tileset = write("tiles", 10_000, cloud);
        assertThat(tileset.at("/asset/version").textValue()).isEqualTo("1.1");
        assertThat(tileset.at("/extras/points").intValue()).isEqualTo(cloud.size());
        List<String> found = new ArrayList<>();
        collect(tileset.get("root"), folder.resolve("tiles"), found);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 3 * cloud.size(); i += 3) {
            float[] p = cloud.positions();
            expected.add(text(p[i], p[i + 1], p[i + 2], cloud.colors()[i]));
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** The geometric error is the spacing of points, which halves with each level, and is 0 without children. */
    @Test
    void tilesRefineTheirParents() throws IOException {
        JsonNode root = write("tiles", 10_000, wall(40_000)).get("root");
        assertThat(root.get("refine").textValue()).isEqualTo("ADD");
        assertThat(root.get("geometricError").doubleValue()).isBetween(4.0 / 128, 4.001 / 128);
        assertThat(root.get("children")).hasSizeGreaterThan(2);
        requireNested(root);
    }

    @Test
    void bytesDependNeitherOnPartsNorOnTemporaryFiles() throws IOException {
        PointCloud cloud = wall(20_000);
        write("memory", Integer.MAX_VALUE, cloud);
        int[] first = new int[7_000];
        int[] second = new int[cloud.size() - first.length];
        for (int i = 0; i < cloud.size(); i++) {
            if (i < first.length) {
                first[i] = i;
            } else {
                second[i - first.length] = i;
            }
        }
        write("files", 1, cloud.select(first), cloud.select(second));
        assertThat(names("files")).isEqualTo(names("memory")).hasSizeGreaterThan(5);
        for (String name : names("memory")) {
            assertThat(folder.resolve("files").resolve(name))
                    .hasSameBinaryContentAs(folder.resolve("memory").resolve(name));
        }
    }

    /** Points of one position cannot be divided. */
    @Test
    void equalPointsEndInOneTile() throws IOException {
        PointCloud cloud = new PointCloud(new float[3 * 3_000], new byte[3 * 3_000]);
        List<String> found = new ArrayList<>();
        collect(write("tiles", 10_000, cloud).get("root"), folder.resolve("tiles"), found);
        assertThat(found).hasSize(3_000);
    }

    @Test
    void anEmptyCloudHasNoContent() throws IOException {
        JsonNode root = write("tiles", 10_000).get("root");
        assertThat(root.has("content")).isFalse();
        assertThat(root.has("children")).isFalse();
        assertThat(names("tiles")).containsExactly("tileset.json");
    }

    @Test
    void anEarlierTileSetIsReplaced() throws IOException {
        write("tiles", 10_000, wall(40_000));
        write("tiles", 10_000, wall(10));
        assertThat(names("tiles")).containsExactly("r.glb", "tileset.json");
        Files.writeString(folder.resolve("tiles/notes.txt"), "mine");
        assertThatThrownBy(() -> write("tiles", 10_000, wall(10))).isInstanceOf(IOException.class);
        assertThat(folder.resolve("tiles/notes.txt")).exists();
    }

    @Test
    void aFolderWithOtherFilesStaysAsItIs() throws IOException {
        write("tiles", 10_000, wall(10));
        Files.writeString(folder.resolve("tiles/room.glb"), "mine");
        assertThatThrownBy(() -> write("tiles", 10_000, wall(10)))
                .isInstanceOf(IOException.class)
                .hasMessage(folder.resolve("tiles") + " contains other files, such as room.glb");
        assertThat(names("tiles")).containsExactly("r.glb", "room.glb", "tileset.json");
    }

    /** With many points, the interrupt is noticed while the temporary file is written. */
    @ParameterizedTest
    @ValueSource(ints = {10, 40_000})
    void anInterruptLeavesNoFiles(int points) {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> write("tiles", 10_000, wall(points)))
                    .isInstanceOf(CancellationException.class)
                    .hasMessageContaining("interrupted");
        } finally {
            Thread.interrupted();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anInterruptClosesThePointsOfATile() throws IOException {
        Path file = folder.resolve("all.points");
        FilePoints points = new FilePoints(file);
        points.add(1, 2, 3, 0);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> new PointOctree(folder, 1, 1).build(points))
                    .isInstanceOf(CancellationException.class);
        } finally {
            Thread.interrupted();
        }
        assertThat(file).doesNotExist(); // closing deletes it
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY})
    void pointsMustBeFinite(float coordinate) {
        PointCloud cloud = new PointCloud(new float[] {1, 2, coordinate}, new byte[3]);
        assertThatThrownBy(() -> write("tiles", 10_000, cloud))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("coordinates of points must be finite, got " + coordinate);
        assertThat(folder).isEmptyDirectory();
    }

    private JsonNode write(String name, int maxInMemory, PointCloud... parts) throws IOException {
        try (PointTiles tiles = PointTiles.create(folder.resolve(name), PointTiles.Y_DOWN, MAX_LEAF, maxInMemory)) {
            for (PointCloud part : parts) {
                tiles.write(part);
            }
            return new ObjectMapper().readTree(tiles.commit().toFile());
        }
    }

    /** Returns random points of a bumpy wall of 4 x 3. */
    private static PointCloud wall(int points) {
        Random random = new Random(5);
        float[] positions = new float[3 * points];
        byte[] colors = new byte[3 * points];
        random.nextBytes(colors);
        for (int i = 0; i < positions.length; i += 3) {
            // The first points are corners, so that the size is known.
            positions[i] = i == 0 ? 0 : i == 3 ? 4 : 4 * random.nextFloat();
            positions[i + 1] = 3 * random.nextFloat();
            positions[i + 2] = (float) (5 + 0.1 * Math.sin(9 * positions[i]));
        }
        return new PointCloud(positions, colors);
    }

    private void collect(JsonNode tile, Path tiles, List<String> points) throws IOException {
        Path file = tiles.resolve(tile.at("/content/uri").textValue());
        MeshPrimitiveModel primitive = new GltfModelReader()
                .read(file)
                .getMeshModels()
                .get(0)
                .getMeshPrimitiveModels()
                .get(0);
        assertThat(primitive.getMode()).isZero();
        AccessorFloatData positions =
                (AccessorFloatData) primitive.getAttributes().get("POSITION").getAccessorData();
        AccessorByteData colors =
                (AccessorByteData) primitive.getAttributes().get("COLOR_0").getAccessorData();
        for (int i = 0; i < positions.getNumElements(); i++) {
            // From glTF with y up to 3D Tiles with z up, as viewers do.
            points.add(text(positions.get(i, 0), -positions.get(i, 2), positions.get(i, 1), colors.get(i, 0)));
        }
        for (JsonNode child : tile.path("children")) {
            collect(child, tiles, points);
        }
    }

    private static String text(float x, float y, float z, byte red) {
        return (x + 0f) + " " + (y + 0f) + " " + (z + 0f) + " " + red;
    }

    private static void requireNested(JsonNode tile) {
        double error = tile.get("geometricError").doubleValue();
        assertThat(error == 0).isEqualTo(!tile.has("children"));
        for (JsonNode child : tile.path("children")) {
            assertThat(child.get("geometricError").doubleValue()).isIn(0.0, error / 2);
            for (int axis = 0; axis < 3; axis++) {
                double distance = Math.abs(box(child, axis) - box(tile, axis));
                assertThat(distance + box(child, 3 + 4 * axis)).isLessThanOrEqualTo(box(tile, 3 + 4 * axis) + 1e-12);
            }
            requireNested(child);
        }
    }

    private static double box(JsonNode tile, int index) {
        return tile.at("/boundingVolume/box/" + index).doubleValue();
    }

    private List<String> names(String tiles) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(tiles))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}

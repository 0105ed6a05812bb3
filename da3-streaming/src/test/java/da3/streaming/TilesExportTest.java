package da3.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TilesExportTest {

    @TempDir
    private Path folder;

    @Test
    void allPointsOfTheMapAreInTheTileSet() throws IOException {
        Oracle oracle = Oracle.circle(6).inMeters();
        try (StreamingMap map =
                StreamingMap.open(folder, oracle, StreamingOptions.defaults().withWindow(4, 1))) {
            map.run(oracle.source(), StreamingListener.SILENT);
            List<Path> files =
                    MapFormat.TILES.write(map, folder, PointOptions.defaults().withMaxPoints(5_000));
            assertThat(files).containsExactly(folder.resolve("tiles/tileset.json"));
            JsonNode tileset = new ObjectMapper().readTree(files.get(0).toFile());
            assertThat(tileset.at("/extras/points").intValue()).isEqualTo(5_000);
            // The first camera looks along z of the map, which is y of the tile set.
            assertThat(tileset.at("/root/transform"))
                    .map(JsonNode::doubleValue)
                    .containsExactly(1.0, 0.0, 0.0, 0.0, 0.0, 0.0, -1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0);
        }
    }

    @Test
    void theNameOfTheFormatBeginsWithADigit() {
        assertThat(MapFormat.parse("tum-3dtiles")).containsExactly(MapFormat.TUM, MapFormat.TILES);
        assertThat(MapFormat.ids()).endsWith("colmap, 3dtiles");
    }
}

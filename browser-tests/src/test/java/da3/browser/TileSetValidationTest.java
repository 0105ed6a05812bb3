package da3.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests tile sets with the official validator. */
class TileSetValidationTest {

    @TempDir
    private Path folder;

    @Test
    void levelsOfDetailAreValid() throws Exception {
        Path tileset = LargeCloud.write(folder.resolve("tiles"), 600_000);
        assertThat(Files.readString(tileset)).contains("r0.glb").contains("r02.glb");
        TileValidator.Report report = TileValidator.validate(tileset);
        assertThat(report.issues()).isEmpty();
        assertThat(report.errors()).isZero();
    }

    @Test
    void anEmptyTileSetIsValid() throws Exception {
        assertThat(TileValidator.validate(LargeCloud.write(folder.resolve("tiles"), 0))
                        .issues())
                .isEmpty();
    }

    /** The validator reads the tiles, and compares tiles with their children. */
    @Test
    void theValidatorFindsErrors() throws Exception {
        Path tileset = LargeCloud.write(folder.resolve("tiles"), 60_000);
        String json = Files.readString(tileset);
        Files.writeString(tileset, json.replaceFirst("\"geometricError\":0.0,", "\"geometricError\":9e9,"));
        assertThat(TileValidator.validate(tileset).issues().get(0)).startsWith("TILE_GEOMETRIC_ERRORS_INCONSISTENT");
        Files.writeString(tileset, json);
        assertThat(TileValidator.validate(tileset).errors()).isZero();
        breakTile(folder.resolve("tiles/r0.glb"));
        assertThat(TileValidator.validate(tileset).errors()).isPositive();
    }

    /** Replaces the kind of an accessor by one with another number of components. */
    private static void breakTile(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\"VEC3\"");
        bytes[at + 4] = '4';
        Files.write(file, bytes);
    }
}

package da3.spark;

import da3.geometry.Image;
import da3.io.PngWriter;
import da3.synthetic.RandomScene;
import da3.synthetic.SceneFamily;
import da3.synthetic.SceneGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Folders with images of synthetic rooms, and their rows. */
final class SceneFolders {

    private static final StructType SCHEMA =
            StructType.fromDDL("id STRING, images ARRAY<STRING>, options MAP<STRING, STRING>");

    private SceneFolders() {}

    /** Writes the images of a scene and returns their folder. */
    static Path write(Path parent, long seed, int views, int rows, int columns) throws IOException {
        Path folder = Files.createDirectories(parent.resolve("room-" + seed));
        RandomScene scene = new SceneGenerator().generate(seed, SceneFamily.ROOM);
        for (int view = 0; view < views; view++) {
            Image image = scene.render(view, rows, columns).image();
            try (OutputStream out = Files.newOutputStream(folder.resolve(view + ".png"))) {
                PngWriter.write(image, out);
            }
        }
        return folder;
    }

    /** Returns the row of a scene. */
    static Row row(String id, Map<String, String> options, Object... images) {
        List<String> paths = new ArrayList<>();
        for (Object image : images) {
            paths.add(image.toString());
        }
        return RowFactory.create(id, paths.toArray(), options);
    }

    static Dataset<Row> scenes(SparkSession spark, List<Row> rows) {
        return spark.createDataFrame(rows, SCHEMA);
    }
}

package da3.evaluation.suite.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import da3.evaluation.EvaluationScene;
import da3.geometry.View;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Matrix;

class NyuTest {

    @TempDir
    private Path root;

    @BeforeEach
    void writeTwoImages() throws IOException {
        Matrix test = Mat5.newMatrix(1, 1);
        test.setInt(0, 2);
        writeSplit("testNdxs", test);
        writeImages(640);
    }

    private void writeSplit(String name, Matrix numbers) throws IOException {
        Mat5.writeToFile(
                Mat5.newMatFile().addArray(name, numbers),
                root.resolve("splits.mat").toFile());
    }

    /** MATLAB's order of axes: (image, channel, column, row). */
    private void writeImages(int columns) {
        byte[][][][] images = new byte[2][3][columns][480];
        float[][][] depths = new float[2][columns][480];
        for (int x = 0; x < columns; x++) {
            for (int y = 0; y < 480; y++) {
                images[1][0][x][y] = (byte) (x % 200);
                images[1][1][x][y] = (byte) (y % 200);
                depths[1][x][y] = x < 320 ? 2.5f : y < 240 ? 0 : 11;
            }
        }
        try (WritableHdfFile file = HdfFile.write(root.resolve("nyu_depth_v2_labeled.mat"))) {
            file.putDataset("images", images);
            file.putDataset("rawDepths", depths);
        }
    }

    private EvaluationScene load() throws IOException {
        return Miniature.first(new DataSetSuite("nyu", new Nyu(root), DataSetOptions.defaults()));
    }

    @Test
    void theTestImagesAreReadByColumns() throws IOException {
        EvaluationScene scene = load();
        assertThat(scene.id()).isEqualTo("0002");
        View view = scene.views().get(0);
        assertThat(view.image()).hasToString("Image[640x480]");
        assertThat(view.image().channel(150, 90, 0)).isEqualTo(150);
        assertThat(view.image().channel(150, 90, 1)).isEqualTo(90);
        assertThat(view.depth().at(41, 45)).isEqualTo(2.5f);
        assertThat(view.depth().at(40, 45)).isZero(); // outside of Eigen's crop
        assertThat(view.depth().at(41, 471)).isZero();
        assertThat(view.depth().at(330, 100)).isZero(); // not measured
        assertThat(view.depth().at(330, 300)).isZero(); // beyond 10 m
    }

    @Test
    void brokenFilesAreNamed() throws IOException {
        writeImages(600);
        assertThatIOException()
                .isThrownBy(this::load)
                .withMessageContaining("must have more than 1 entries of 640x480 in 'images'")
                .withMessageContaining("got the shape [2, 3, 600, 480]");
        new Miniature(root).text("nyu_depth_v2_labeled.mat", "no HDF5");
        assertThatIOException()
                .isThrownBy(this::load)
                .withMessageContaining("nyu_depth_v2_labeled.mat of NYU Depth V2 cannot be read");
        new Miniature(root).delete("nyu_depth_v2_labeled.mat");
        assertThatIOException()
                .isThrownBy(this::load)
                .withMessageContaining("https://cs.nyu.edu/~fergus/datasets/nyu_depth_v2.html");
        writeSplit("trainNdxs", Mat5.newMatrix(1, 1));
        assertThatIOException().isThrownBy(this::load).withMessageContaining("has no matrix testNdxs");
        new Miniature(root).text("splits.mat", "no MATLAB file");
        assertThatIOException().isThrownBy(this::load).withMessageContaining("splits.mat");
        new Miniature(root).delete("splits.mat");
        assertThatIOException().isThrownBy(this::load).withMessageContaining("the numbers of the test images");
    }
}

package da3.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.io.colmap.ColmapCamera;
import da3.io.colmap.ColmapCameraModel;
import da3.io.colmap.ColmapFiles;
import da3.io.colmap.ColmapImage;
import da3.io.colmap.ColmapModel;
import da3.train.data.ArchiveScenes.DepthLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColmapFoldersTest {

    @TempDir
    Path folder;

    private TrainingScene truth;

    @BeforeEach
    void write() throws IOException {
        truth = UserFiles.recording(folder, 3, 14, 28);
    }

    /** Writes a model whose images are in reverse order and twice as large as the files. */
    private void writeModel(ColmapCameraModel model, double... distortion) throws IOException {
        List<ColmapCamera> cameras = new ArrayList<>();
        List<ColmapImage> images = new ArrayList<>();
        for (int v = 2; v >= 0; v--) {
            Camera camera = truth.camera(v);
            Intrinsics k = camera.intrinsics().scaled(2, 2);
            double[] parameters = new double[4 + distortion.length];
            System.arraycopy(new double[] {k.fx(), k.fy(), k.cx(), k.cy()}, 0, parameters, 0, 4);
            System.arraycopy(distortion, 0, parameters, 4, distortion.length);
            cameras.add(new ColmapCamera(v + 1, model, 56, 28, parameters));
            images.add(new ColmapImage(3 - v, camera.pose(), v + 1, v + ".png", new double[0], new long[0]));
        }
        ColmapFiles.writeText(new ColmapModel(cameras, images, List.of()), folder, "sparse");
    }

    private FileScenes open() throws IOException {
        return new ColmapFolders("images", "depth", Optional.empty(), "sparse", 2)
                .open(List.of(folder), new ViewOptions(new DepthLimits(0.001, 0), 0, 0));
    }

    @Test
    void readsTheViewsInTheOrderOfTheirNames() throws IOException {
        writeModel(ColmapCameraModel.PINHOLE);
        FileScenes scenes = open();
        assertThat(scenes.scenes()).isEqualTo(2);
        TrainingScene last = scenes.read(1);
        TrainingScene expected = truth.subset(new int[] {1, 2});
        assertThat(last.rgb()).isEqualTo(expected.rgb());
        for (int i = 0; i < expected.extrinsics().length; i++) {
            assertThat(Math.abs(last.extrinsics()[i] - expected.extrinsics()[i]))
                    .isLessThan(1e-5f);
        }
        assertThat(last.intrinsics()).isEqualTo(expected.intrinsics());
    }

    @Test
    void faultsNameTheFile() throws IOException {
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("sparse");
        writeModel(ColmapCameraModel.OPENCV, 0.1, 0, 0, 0);
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.resolve("sparse") + " must be PINHOLE or SIMPLE_PINHOLE, got OPENCV");
        writeModel(ColmapCameraModel.PINHOLE);
        Files.delete(folder.resolve("images/1.png"));
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.resolve("images/1.png").toString());
    }
}

package da3.evaluation.suite.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import da3.evaluation.EvaluationScene;
import da3.geometry.Intrinsics;
import da3.geometry.View;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** KITTI, DIODE and SINTEL, whose scenes are single images. */
class MonocularDataSetsTest {

    @TempDir
    private Path root;

    private static EvaluationScene load(DataSet dataSet) throws IOException {
        return Miniature.first(new DataSetSuite("mono", dataSet, DataSetOptions.defaults()));
    }

    @Nested
    class OfKitti {

        private static final String DATE = "2011_09_26/";
        private static final String DRIVE = "2011_09_26_drive_0002_sync/";

        private Miniature write() throws IOException {
            Miniature files = new Miniature(root);
            files.text(
                    "eigen_test_files_with_gt.txt",
                    DATE + DRIVE + "image_02/data/0000000069.png " + DRIVE
                            + "proj_depth/groundtruth/image_02/0000000069.png 721.5377\n" + DATE + DRIVE
                            + "image_02/data/0000000000.png None 721.5377\n");
            files.image(DATE + DRIVE + "image_02/data/0000000069.png", 62, 20);
            files.gray16(
                    "train/" + DRIVE + "proj_depth/groundtruth/image_02/0000000069.png",
                    62,
                    20,
                    i -> i % 3 == 0 ? 0 : i % 3 == 1 ? 256 * 10 : 256 * 81);
            files.text(
                    DATE + "calib_cam_to_cam.txt",
                    "calib_time: 09-Jan-2012 13:57:47\nS_rect_02: 1.242000e+03 3.750000e+02\n"
                            + "P_rect_02: 7.2e+01 0.0 3.1e+01 4.4e+01 0.0 7.2e+01 1.0e+01 2.1e-01 0 0 1 2.7e-03\n");
            return files;
        }

        @Test
        void depthIsIn256thsOfAMeterWithinTheCrop() throws IOException {
            write();
            Kitti kitti = new Kitti(root);
            assertThat(kitti.scenes()).containsExactly("2011_09_26_drive_0002_sync-0000000069");
            View view = load(kitti).views().get(0);
            assertThat(view.camera().orElseThrow().intrinsics()).isEqualTo(new Intrinsics(72, 72, 31.5, 10.5));
            int inside = 12 * 62 + 31 - (12 * 62 + 31) % 3;
            assertThat(Arrays.copyOfRange(view.depth().values(), inside, inside + 3))
                    .containsExactly(0, 10, 0);
            // Garg's crop begins at row 8 and column 2
            assertThat(Arrays.copyOf(view.depth().values(), 8 * 62)).containsOnly(0);
            assertThat(view.depth().at(1, 12)).isZero();
        }

        @Test
        void brokenFilesAreNamed() throws IOException {
            Miniature files = write();
            files.text(DATE + "calib_cam_to_cam.txt", "P_rect_02: 1 2 3\n");
            assertThatIOException()
                    .isThrownBy(() -> load(new Kitti(root)))
                    .withMessageContaining("calib_cam_to_cam.txt of KITTI must have 12 numbers here, got 3");
            files.text(DATE + "calib_cam_to_cam.txt", "\n");
            assertThatIOException()
                    .isThrownBy(() -> load(new Kitti(root)))
                    .withMessageContaining("has no line P_rect_02");
            files.gray16("val/" + DRIVE + "proj_depth/groundtruth/image_02/0000000069.png", 10, 10, i -> 1);
            assertThatIOException()
                    .isThrownBy(() -> load(new Kitti(root)))
                    .withMessageContaining("must be of the size of its image, 62x20, got 10x10");
            files.delete(DATE + DRIVE + "image_02/data/0000000069.png");
            assertThatIOException()
                    .isThrownBy(() -> load(new Kitti(root)))
                    .withMessageContaining("0000000069.png")
                    .withMessageContaining("https://www.cvlibs.net/datasets/kitti/");
            files.text("eigen_test_files_with_gt.txt", "0000000069.png x\n");
            assertThatIOException()
                    .isThrownBy(() -> new Kitti(root))
                    .withMessageContaining("must have DATE/DRIVE/image_02/data/FRAME.png");
            files.text("eigen_test_files_with_gt.txt", "\n");
            assertThatIOException()
                    .isThrownBy(() -> new Kitti(root))
                    .withMessageContaining("names no image with depth");
            files.delete("eigen_test_files_with_gt.txt");
            assertThatIOException()
                    .isThrownBy(() -> new Kitti(root))
                    .withMessageContaining("KITTI keeps the list of test images");
        }
    }

    @Nested
    class OfDiode {

        private static final String INDOORS = "val/indoors/scene_00019/scan_00183/00019_00183_indoors_000_010";
        private static final String OUTDOOR = "val/outdoor/scene_00022/scan_00193/00022_00193_outdoor_000_000";

        private Miniature write() throws IOException {
            Miniature files = new Miniature(root);
            for (String name : new String[] {INDOORS, OUTDOOR}) {
                files.image(name + ".png", 3, 2);
                files.npy(name + "_depth.npy", "2, 3, 1", 1.5f, 2, 3, 0, Float.NaN, 300);
                files.npy(name + "_depth_mask.npy", "2, 3", 1, 0, 1, 1, 1, 1);
            }
            return files;
        }

        @Test
        void depthIsMasked() throws IOException {
            write();
            Diode diode = new Diode(root);
            assertThat(diode.scenes()).containsExactly("00019_00183_indoors_000_010", "00022_00193_outdoor_000_000");
            View view = load(diode).views().get(0);
            assertThat(view.depth().values()).containsExactly(1.5f, 0, 3, 0, 0, 300);
            assertThat(view.camera().orElseThrow().intrinsics()).isEqualTo(new Intrinsics(886.81, 927.06, 512, 384));
        }

        @Test
        void brokenFilesAreNamed() throws IOException {
            Miniature files = write();
            files.npy(INDOORS + "_depth.npy", "3, 2, 1", 1, 2, 3, 4, 5, 6);
            assertThatIOException()
                    .isThrownBy(() -> load(new Diode(root)))
                    .withMessageContaining("must have the shape (2, 3), got [3, 2, 1]");
            files.delete(INDOORS + "_depth.npy");
            assertThatIOException()
                    .isThrownBy(() -> load(new Diode(root)))
                    .withMessageContaining("000_010_depth.npy")
                    .withMessageContaining("https://diode-dataset.org/");
            assertThatIOException()
                    .isThrownBy(() -> new Diode(root.resolve("val")))
                    .withMessageContaining("DIODE keeps images of the validation split there");
        }
    }

    @Nested
    class OfSintel {

        private static final String FRAME = "alley_1/frame_0001";

        private Miniature write(float tag, int width, float... depth) throws IOException {
            Miniature files = new Miniature(root);
            files.image("training/final/" + FRAME + ".png", 2, 2);
            ByteBuffer dpt = ByteBuffer.allocate(12 + 4 * depth.length).order(ByteOrder.LITTLE_ENDIAN);
            dpt.putFloat(tag).putInt(width).putInt(2);
            for (float value : depth) {
                dpt.putFloat(value);
            }
            Files.write(files.path("training/depth/" + FRAME + ".dpt"), dpt.array());
            double[] camera = {1120, 0, 511.5, 0, 1120, 217.5, 0, 0, 1, 1, 0, 0, -2, 0, 1, 0, 0, 0, 0, 1, 0};
            ByteBuffer cam = ByteBuffer.allocate(4 + 8 * camera.length).order(ByteOrder.LITTLE_ENDIAN);
            cam.putFloat(202021.25f);
            for (double value : camera) {
                cam.putDouble(value);
            }
            Files.write(files.path("training/camdata_left/" + FRAME + ".cam"), cam.array());
            return files;
        }

        @Test
        void depthAndCamerasAreRead() throws IOException {
            write(202021.25f, 2, 1, 69, 71, 1e10f);
            Sintel sintel = new Sintel(root);
            assertThat(sintel.scenes()).containsExactly("alley_1-0001");
            View view = load(sintel).views().get(0);
            assertThat(view.depth().values()).containsExactly(1, 69, 0, 0);
            assertThat(view.camera().orElseThrow().intrinsics()).isEqualTo(new Intrinsics(1120, 1120, 512, 218));
            assertThat(view.camera().orElseThrow().pose().cameraCenter().x()).isEqualTo(2);
        }

        @Test
        void brokenFilesAreNamed() throws IOException {
            write(1, 2, 1, 2, 3, 4);
            assertThatIOException()
                    .isThrownBy(() -> load(new Sintel(root)))
                    .withMessageContaining("frame_0001.dpt of SINTEL must begin with the number 202021.25");
            write(202021.25f, 3, 1, 2, 3, 4);
            assertThatIOException()
                    .isThrownBy(() -> load(new Sintel(root)))
                    .withMessageContaining("must hold 2x2 floats, got 3x2 in 16 bytes");
            Miniature files = write(202021.25f, 2, 1, 2, 3, 4);
            files.delete("training/camdata_left/" + FRAME + ".cam");
            assertThatIOException()
                    .isThrownBy(() -> load(new Sintel(root)))
                    .withMessageContaining("frame_0001.cam")
                    .withMessageContaining("http://sintel.is.tue.mpg.de/downloads");
            assertThatIOException()
                    .isThrownBy(() -> new Sintel(root.resolve("training")))
                    .withMessageContaining("SINTEL keeps the sequences of the final pass");
        }
    }
}

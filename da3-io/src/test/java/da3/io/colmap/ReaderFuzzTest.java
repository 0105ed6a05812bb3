package da3.io.colmap;

import da3.geometry.Pose;
import da3.geometry.math.Vec3;
import da3.io.FuzzedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that the readers read or refuse randomly damaged models. */
class ReaderFuzzTest {

    @TempDir
    private static Path folder;

    @ParameterizedTest
    @MethodSource("models")
    void damagedModelsAreReadOrRefused(FuzzedReader reader) throws Exception {
        reader.fuzz();
    }

    static Stream<FuzzedReader> models() throws IOException {
        List<Path> binary = ColmapFiles.writeBinary(model(), folder, "binary");
        List<Path> text = ColmapFiles.writeText(model(), folder, "text");
        return Stream.concat(binary.stream(), text.stream()).map(ReaderFuzzTest::reader);
    }

    /** Damages one file and leaves the other two of the model intact. */
    private static FuzzedReader reader(Path file) {
        try {
            byte[] sample = Files.readAllBytes(file);
            return new FuzzedReader(file.getFileName().toString(), sample, List.of(IOException.class), bytes -> {
                Files.write(file, bytes);
                try {
                    ColmapFiles.read(file.getParent());
                } finally {
                    Files.write(file, sample);
                }
            });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ColmapModel model() {
        double[] opencv = {300, 310, 50, 40, 0.1, 0.01, 0.001, 0.002};
        long[] seen = {1, ColmapImage.NO_POINT};
        return new ColmapModel(
                List.of(
                        new ColmapCamera(1, ColmapCameraModel.SIMPLE_PINHOLE, 100, 80, new double[] {300, 50, 40}),
                        new ColmapCamera(2, ColmapCameraModel.OPENCV, 100, 80, opencv)),
                List.of(
                        new ColmapImage(1, Pose.IDENTITY, 1, "a photo.jpg", new double[] {10, 20, 30, 40}, seen),
                        new ColmapImage(2, Pose.IDENTITY, 2, "b.jpg", new double[0], new long[0])),
                List.of(new ColmapPoint(
                        1, new Vec3(1, 2, 3), new byte[] {1, 2, 3}, 0.5, new int[] {1}, new int[] {0})));
    }
}

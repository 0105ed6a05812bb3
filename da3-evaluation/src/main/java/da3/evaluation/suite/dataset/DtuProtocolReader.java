package da3.evaluation.suite.dataset;

import da3.evaluation.surface.DtuProtocol;
import da3.evaluation.surface.ObservedVolume;
import da3.geometry.check.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.Matrix;

/** Reads the MATLAB files of DTU's protocol: the volume that its scanner observed, and the plane of the table. */
final class DtuProtocolReader {

    private DtuProtocolReader() {}

    /**
     * Reads the files of a scene.
     *
     * @throws IOException if a file cannot be read or lacks the expected variables; the message names it
     */
    static DtuProtocol read(DtuEvaluationFiles files) throws IOException {
        double[] plane = variables(files.plane(), file -> numbers(file.getMatrix("P"), 4));
        return variables(files.observationMask(), file -> {
            double[] box = numbers(file.getMatrix("BB"), 6); // (2, 3), columns first
            Matrix mask = file.getMatrix("ObsMask");
            int[] shape = mask.getDimensions();
            if (shape.length != 3) {
                throw Check.invalid("number of axes of ObsMask", "3", shape.length);
            }
            ObservedVolume volume = new ObservedVolume(
                    shape,
                    observed(mask, shape),
                    new double[] {box[0], box[2], box[4]},
                    new double[] {box[1], box[3], box[5]},
                    numbers(file.getMatrix("Res"), 1)[0]);
            return new DtuProtocol(volume, plane);
        });
    }

    /** Returns the observed voxels. In MATLAB's arrays x varies fastest, in the returned set z. */
    private static BitSet observed(Matrix mask, int[] shape) {
        BitSet observed = new BitSet(mask.getNumElements());
        int from = 0;
        for (int z = 0; z < shape[2]; z++) {
            for (int y = 0; y < shape[1]; y++) {
                for (int x = 0; x < shape[0]; x++) {
                    observed.set((x * shape[1] + y) * shape[2] + z, mask.getDouble(from++) != 0);
                }
            }
        }
        return observed;
    }

    private static double[] numbers(Matrix matrix, int count) {
        if (matrix.getNumElements() != count) {
            throw Check.invalid("size of a matrix", Integer.toString(count), matrix.getNumElements());
        }
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = matrix.getDouble(i);
        }
        return numbers;
    }

    private interface Reader<T> {
        T of(Mat5File file);
    }

    private static <T> T variables(Path path, Reader<T> reader) throws IOException {
        try (Mat5File file = Mat5.readFromFile(path.toFile())) {
            return reader.of(file);
        } catch (IOException | IllegalArgumentException | ClassCastException e) {
            throw new IOException(path + " is not a MATLAB file of DTU's evaluation: " + e.getMessage(), e);
        }
    }
}

package da3.evaluation.suite.dataset;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Matrices and cameras in text files. */
final class TextNumbers {

    private TextNumbers() {}

    /**
     * Reads a file of nothing but numbers between blanks.
     *
     * @param count how many numbers there must be
     */
    static double[] read(DataSetFolder folder, Path file, int count) throws IOException {
        return parse(folder, file, Files.readAllLines(file), count);
    }

    /** Parses the numbers of some lines of a file. */
    static double[] parse(DataSetFolder folder, Path file, List<String> lines, int count) throws IOException {
        String text = String.join(" ", lines).strip();
        String[] words = text.isEmpty() ? new String[0] : text.split("\\s+");
        if (words.length != count) {
            throw folder.malformed(file, "must have " + count + " numbers here, got " + words.length);
        }
        try {
            return Arrays.stream(words).mapToDouble(Double::parseDouble).toArray();
        } catch (NumberFormatException e) {
            throw folder.malformed(file, "has a value that is no number: " + e.getMessage());
        }
    }

    /**
     * Returns a rigid motion.
     *
     * @param matrix row-major 3x4 or 4x4
     */
    static Pose pose(DataSetFolder folder, Path file, double[] matrix) throws IOException {
        try {
            return Pose.ofMatrix(matrix, 0).requireRigid("the pose");
        } catch (IllegalArgumentException e) {
            throw folder.malformed(file, "has no valid pose: " + e.getMessage());
        }
    }

    /**
     * Returns intrinsics.
     *
     * @param matrix row-major 3x3
     */
    static Intrinsics intrinsics(DataSetFolder folder, Path file, double[] matrix) throws IOException {
        try {
            return Intrinsics.ofMatrix(matrix, 0).requireValid("the intrinsics");
        } catch (IllegalArgumentException e) {
            throw folder.malformed(file, "has no valid intrinsics: " + e.getMessage());
        }
    }

    /**
     * Reads a camera file of MVSNet: the word {@code extrinsic}, a 4x4 matrix, a blank line, the word {@code intrinsic}
     * and a 3x3 matrix. Its intrinsics are for pixel centers at whole numbers and are returned for centers at 0.5.
     */
    static Camera mvsNetCamera(DataSetFolder folder, Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() < 10
                || !lines.get(0).strip().equals("extrinsic")
                || !lines.get(6).strip().equals("intrinsic")) {
            throw folder.malformed(
                    file,
                    "must have 'extrinsic' in line 1, 'intrinsic' in line 7 and at least 10 lines, got " + lines.size()
                            + " lines");
        }
        Pose pose = pose(folder, file, parse(folder, file, lines.subList(1, 5), 16));
        Intrinsics intrinsics = intrinsics(folder, file, parse(folder, file, lines.subList(7, 10), 9));
        return new Camera(pose, intrinsics.cropped(-0.5, -0.5));
    }
}

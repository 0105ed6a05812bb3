package da3.evaluation.suite.dataset;

import da3.geometry.check.Check;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Files that DTU's protocol compares a reconstruction with.
 *
 * @param points structured-light points of the surface, a PLY file in millimeters
 * @param observationMask MATLAB file of the observed volume: {@code ObsMask}, {@code BB}, {@code Res}
 * @param plane MATLAB file of the table's plane: {@code P}
 */
public record DtuEvaluationFiles(Path points, Path observationMask, Path plane) {

    /**
     * Finds the files of a scene.
     *
     * @param root folder of the data set
     * @param scene for instance {@code scan1}
     * @throws NoSuchFileException if one of them is missing
     * @throws IllegalArgumentException if the scene is not called {@code scan} and a number
     */
    public static DtuEvaluationFiles of(Path root, String scene) throws IOException {
        if (!scene.matches("scan[0-9]{1,3}")) {
            throw Check.invalid("scene", "scan1 to scan128", scene);
        }
        DataSetFolder folder = Dtu.folder(root);
        int number = Integer.parseInt(scene.substring(4));
        String masks = "SampleSet/mvs_data/ObsMask/";
        return new DtuEvaluationFiles(
                folder.file(
                        String.format(Locale.ROOT, "Points/stl/stl%03d_total.ply", number), "the points of " + scene),
                folder.file(masks + "ObsMask" + number + "_10.mat", "the observed volume of " + scene),
                folder.file(masks + "Plane" + number + ".mat", "the plane of " + scene));
    }
}

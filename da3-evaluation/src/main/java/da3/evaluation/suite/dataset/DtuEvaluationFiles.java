package da3.evaluation.suite.dataset;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Files with which DTU's protocol scores the surface of a scene.
 *
 * @param points structured-light points of the surface, a PLY file in millimeters
 * @param observationMask MATLAB file of the observed volume: {@code ObsMask}, {@code BB}, {@code Res}
 * @param plane MATLAB file of the table's plane: {@code P}
 */
record DtuEvaluationFiles(Path points, Path observationMask, Path plane) {

    /**
     * Finds the files of a scene.
     *
     * @param scene {@code scan} and a number
     * @throws NoSuchFileException if one of them is missing
     */
    static DtuEvaluationFiles of(DataSetFolder folder, String scene) throws NoSuchFileException {
        int number = Integer.parseInt(scene.substring("scan".length()));
        String masks = "SampleSet/mvs_data/ObsMask/";
        return new DtuEvaluationFiles(
                folder.file(
                        String.format(Locale.ROOT, "Points/stl/stl%03d_total.ply", number), "the points of " + scene),
                folder.file(masks + "ObsMask" + number + "_10.mat", "the observed volume of " + scene),
                folder.file(masks + "Plane" + number + ".mat", "the plane of " + scene));
    }
}

package da3.evaluation.run;

import java.nio.file.Path;

/**
 * A picture of the first view of a scene: image, true depth, predicted depth and error in a row.
 *
 * @param scene id of the scene
 * @param predictor index of the predictor in the evaluation
 * @param file PNG file
 */
public record ScenePicture(String scene, int predictor, Path file) {}

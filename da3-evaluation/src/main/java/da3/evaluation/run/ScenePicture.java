package da3.evaluation.run;

import java.nio.file.Path;

/**
 * A picture of one scene's first view: image, true depth, predicted depth and error in a row.
 *
 * @param predictor number of the predictor, in the order of the evaluation
 * @param file PNG
 */
public record ScenePicture(String scene, int predictor, Path file) {}

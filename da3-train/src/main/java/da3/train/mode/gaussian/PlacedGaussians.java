package da3.train.mode.gaussian;

import da3.train.data.TrainingScene;
import da3.train.objective.GaussianPrediction;
import da3.train.objective.RenderTarget;
import java.util.List;

/**
 * The prediction of a network with a Gaussian head for one scene.
 *
 * @param inputs views that the network saw
 * @param prediction output of the head with the geometry on which its Gaussians are placed
 * @param targets held-out views in the same frame
 */
public record PlacedGaussians(TrainingScene inputs, GaussianPrediction prediction, List<RenderTarget> targets) {}

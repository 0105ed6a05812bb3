package da3.train.config;

import da3.train.objective.GaussianWeights;
import da3.train.yaml.Section;

/**
 * Settings of the training of a Gaussian head.
 *
 * @param heldOut number of views of each scene that the network does not see and that its Gaussians are rendered for
 * @param geometry depth and cameras on which Gaussians are placed
 */
public record GaussianSettings(GaussianWeights weights, int heldOut, GaussianGeometry geometry) {

    /** Returns two held-out views and known cameras. */
    static GaussianSettings defaults() {
        return new GaussianSettings(GaussianWeights.defaults(), 2, GaussianGeometry.KNOWN_CAMERAS);
    }

    static GaussianSettings read(Section s) {
        GaussianSettings d = defaults();
        GaussianWeights weights = new GaussianWeights(
                s.number("mse", d.weights.mse(), 0, 1e6),
                s.number("ssim", d.weights.ssim(), 0, 1e6),
                s.number("depth", d.weights.depth(), 0, 1e6));
        return new GaussianSettings(
                weights, s.integer("held_out", d.heldOut, 1, 1024), s.choice("geometry", d.geometry));
    }
}

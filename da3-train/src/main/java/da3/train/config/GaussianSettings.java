package da3.train.config;

import da3.train.objective.GaussianWeights;
import da3.train.yaml.Section;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Settings of the training of a Gaussian head.
 *
 * @param heldOut number of views of each scene that the network does not see and that its Gaussians are rendered for
 * @param geometry depth and cameras on which Gaussians are placed
 * @param lpipsFile file with the weights of LPIPS, if it is a term of the objective
 */
public record GaussianSettings(
        GaussianWeights weights, int heldOut, GaussianGeometry geometry, Optional<Path> lpipsFile) {

    /** Returns two held-out views and known cameras. */
    static GaussianSettings defaults() {
        return new GaussianSettings(GaussianWeights.defaults(), 2, GaussianGeometry.KNOWN_CAMERAS, Optional.empty());
    }

    static GaussianSettings read(Section s) {
        GaussianSettings d = defaults();
        GaussianWeights weights = new GaussianWeights(
                s.number("mse", d.weights.mse(), 0, 1e6),
                s.number("ssim", d.weights.ssim(), 0, 1e6),
                s.number("depth", d.weights.depth(), 0, 1e6));
        int heldOut = s.integer("held_out", d.heldOut, 1, 1024);
        GaussianGeometry geometry = s.choice("geometry", d.geometry);
        // an absent file, and then the weight, is not recorded, so that the hashes of existing configurations remain
        // valid
        Optional<Path> lpips = s.text("lpips_file").map(Path::of);
        if (lpips.isPresent()) {
            weights = weights.withLpips(s.number("lpips", GaussianWeights.LPIPS, 0, 1e6));
        } else if (s.has("lpips")) {
            throw s.invalid("lpips_file", "none", "a file with the weights of LPIPS, since lpips is given");
        }
        return new GaussianSettings(weights, heldOut, geometry, lpips);
    }
}

package da3.core;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.RayMap;
import da3.geometry.ScalarMap;
import java.util.List;
import java.util.Optional;

/**
 * What the networks say of the views, as geometry, in the network's own frame.
 *
 * @param depths sky filled in
 * @param sky raw scores; below 0.3 is ground
 * @param scale metres in the any-view network's unit, 1 where there is no metric network
 */
public record Reconstruction(
        List<ScalarMap> depths,
        Optional<List<ScalarMap>> confidences,
        Optional<List<ScalarMap>> sky,
        Optional<List<Camera>> cameras,
        Optional<List<RayMap>> rays,
        Optional<GaussianCloud> gaussians,
        double scale,
        boolean metric) {}

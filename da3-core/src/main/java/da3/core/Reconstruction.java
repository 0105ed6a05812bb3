package da3.core;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.ScalarMap;
import da3.geometry.rays.RayMap;
import java.util.List;
import java.util.Optional;

/**
 * The geometry of all views, computed from the outputs of the networks.
 *
 * @param depths depth maps with filled sky
 * @param confidences confidence of depth
 * @param sky raw sky scores; a score below 0.3 is ground
 * @param objects raw object scores, near 1 on objects
 * @param cameras cameras in the frame of the scene
 * @param rays ray maps, which stay in the network's frame and unit
 * @param gaussians Gaussians in the frame and unit of the scene
 * @param scales for each view, depth per unit of the main network
 * @param metric whether lengths are in meters
 */
public record Reconstruction(
        List<ScalarMap> depths,
        Optional<List<ScalarMap>> confidences,
        Optional<List<ScalarMap>> sky,
        Optional<List<ScalarMap>> objects,
        Optional<List<Camera>> cameras,
        Optional<List<RayMap>> rays,
        Optional<GaussianCloud> gaussians,
        List<Double> scales,
        boolean metric) {

    /** Returns the scale of the first view, which is that of all views unless the model is metric. */
    public double scale() {
        return scales.get(0);
    }

    Reconstruction withCameras(Optional<List<Camera>> cameras) {
        return new Reconstruction(depths, confidences, sky, objects, cameras, rays, gaussians, scales, metric);
    }

    /**
     * Returns the same views with other geometry.
     *
     * @param factor factor from the present to the new depths
     */
    Reconstruction moved(
            List<ScalarMap> depths,
            Optional<List<Camera>> cameras,
            Optional<GaussianCloud> gaussians,
            double factor,
            boolean metric) {
        List<Double> products = scales.stream().map(scale -> scale * factor).toList();
        return new Reconstruction(depths, confidences, sky, objects, cameras, rays, gaussians, products, metric);
    }
}

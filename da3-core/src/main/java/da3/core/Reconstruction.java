package da3.core;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.ScalarMap;
import da3.geometry.rays.RayMap;
import java.util.List;
import java.util.Optional;

/**
 * What the networks say of the views, as geometry; at first in the network's own frame.
 *
 * @param depths sky filled in
 * @param sky raw scores; below 0.3 is ground
 * @param rays in the network's own frame and unit, always
 * @param scales a view's depth for a depth of 1 of the main network
 */
public record Reconstruction(
        List<ScalarMap> depths,
        Optional<List<ScalarMap>> confidences,
        Optional<List<ScalarMap>> sky,
        Optional<List<Camera>> cameras,
        Optional<List<RayMap>> rays,
        Optional<GaussianCloud> gaussians,
        List<Double> scales,
        boolean metric) {

    /** Of the first view, and for all but metric models of all views. */
    public double scale() {
        return scales.get(0);
    }

    Reconstruction withCameras(Optional<List<Camera>> cameras) {
        return new Reconstruction(depths, confidences, sky, cameras, rays, gaussians, scales, metric);
    }

    /** Other geometry of the same views, whose depths are so many times as large. */
    Reconstruction moved(
            List<ScalarMap> depths,
            Optional<List<Camera>> cameras,
            Optional<GaussianCloud> gaussians,
            double factor,
            boolean metric) {
        List<Double> products = scales.stream().map(scale -> scale * factor).toList();
        return new Reconstruction(depths, confidences, sky, cameras, rays, gaussians, products, metric);
    }
}

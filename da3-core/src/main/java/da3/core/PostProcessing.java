package da3.core;

import da3.geometry.Camera;
import da3.geometry.GaussianAdapter;
import da3.geometry.GaussianCloud;
import da3.geometry.GaussianOptions;
import da3.geometry.MonoSky;
import da3.geometry.NestedAlignment;
import da3.geometry.Pose;
import da3.geometry.PoseEncoding;
import da3.geometry.RayCamera;
import da3.geometry.RayFactorisation;
import da3.geometry.RayHomography;
import da3.geometry.RayMap;
import da3.geometry.ScalarMap;
import da3.nn.NetworkOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * From raw head outputs to geometry.
 *
 * @param posesFromRays whether cameras are fitted to the rays instead of decoded from the camera tokens
 * @param seed of the random samples of that fit
 * @param sampleTable the samples themselves, where they are known
 * @param factorisation how a camera is read from the fitted homography
 * @param metricGaussians whether a nested model's Gaussians are in metres like its depth
 */
public record PostProcessing(
        boolean posesFromRays,
        long seed,
        Optional<int[][]> sampleTable,
        RayFactorisation factorisation,
        boolean metricGaussians) {

    /** Rays along a patch's side. */
    private static final int RAYS_PER_PATCH = 8;

    public static PostProcessing defaults(boolean posesFromRays, long seed) {
        return new PostProcessing(posesFromRays, seed, Optional.empty(), RayCamera.LEAST_SQUARES, true);
    }

    /**
     * @param height of the processed image
     * @param patch side of a patch
     * @param metric output of a nested model's metric network, or null
     * @param given world-to-camera poses that conditioned the network
     */
    Reconstruction apply(
            NetworkOutput main,
            NetworkOutput metric,
            int views,
            int height,
            int width,
            int patch,
            Optional<GaussianOptions> gaussianOptions,
            Optional<List<Pose>> given) {
        List<ScalarMap> depths = maps(main.depth(), views, height, width);
        Optional<List<ScalarMap>> confidences = optionalMaps(main.confidence(), views, height, width);
        Optional<List<ScalarMap>> sky = optionalMaps(main.sky(), views, height, width);
        Optional<List<RayMap>> rays =
                rays(main, views, RAYS_PER_PATCH * height / patch, RAYS_PER_PATCH * width / patch);
        Optional<List<Camera>> cameras = cameras(main, rays, views, height, width);
        Optional<GaussianCloud> gaussians = gaussianOptions
                .filter(options -> main.gaussians() != null)
                .map(options -> new GaussianAdapter(options)
                        .adapt(
                                main.gaussians(),
                                depths,
                                maps(main.densities(), views, height, width),
                                cameras.orElseThrow(),
                                given));
        Reconstruction result = new Reconstruction(
                sky.map(scores -> MonoSky.fill(depths, scores)).orElse(depths),
                confidences,
                sky,
                cameras,
                rays,
                gaussians,
                1,
                false);
        return metric == null ? result : inMetres(result, metric, views, height, width);
    }

    private Reconstruction inMetres(Reconstruction anyView, NetworkOutput metric, int views, int height, int width) {
        List<ScalarMap> sky = maps(metric.sky(), views, height, width);
        NestedAlignment aligned = NestedAlignment.of(
                anyView.depths(),
                anyView.confidences().orElseThrow(),
                anyView.cameras().orElseThrow(),
                MonoSky.fill(maps(metric.depth(), views, height, width), sky),
                sky);
        return new Reconstruction(
                aligned.depths(),
                Optional.of(aligned.confidences()),
                Optional.of(sky),
                Optional.of(aligned.cameras()),
                anyView.rays(),
                anyView.gaussians().map(g -> metricGaussians ? g.scaled(aligned.scale()) : g),
                aligned.scale(),
                true);
    }

    private Optional<List<Camera>> cameras(
            NetworkOutput main, Optional<List<RayMap>> rays, int views, int height, int width) {
        List<Camera> cameras = new ArrayList<>();
        if (posesFromRays) {
            if (rays.isEmpty()) {
                return Optional.empty(); // cameras were not asked for
            }
            List<RayMap> maps = rays.get();
            int pixels = maps.get(0).width() * maps.get(0).height();
            int[][] table = sampleTable.orElseGet(() -> RayHomography.sampleTable(pixels, seed));
            maps.forEach(map -> cameras.add(RayCamera.estimate(map, height, width, table, seed, factorisation)));
        } else if (main.poseEncodings() != null) {
            for (int v = 0; v < views; v++) {
                cameras.add(PoseEncoding.ofArray(main.poseEncodings(), v * PoseEncoding.LENGTH)
                        .camera(height, width));
            }
        }
        return cameras.isEmpty() ? Optional.empty() : Optional.of(cameras);
    }

    private static Optional<List<RayMap>> rays(NetworkOutput main, int views, int rows, int columns) {
        if (main.rays() == null) {
            return Optional.empty();
        }
        int pixels = rows * columns;
        List<RayMap> rays = new ArrayList<>();
        for (int v = 0; v < views; v++) {
            rays.add(new RayMap(
                    columns,
                    rows,
                    Arrays.copyOfRange(main.rays(), v * pixels * 6, (v + 1) * pixels * 6),
                    Arrays.copyOfRange(main.rayConfidence(), v * pixels, (v + 1) * pixels)));
        }
        return Optional.of(rays);
    }

    private static Optional<List<ScalarMap>> optionalMaps(float[] values, int views, int height, int width) {
        return values == null ? Optional.empty() : Optional.of(maps(values, views, height, width));
    }

    private static List<ScalarMap> maps(float[] values, int views, int height, int width) {
        int pixels = height * width;
        List<ScalarMap> maps = new ArrayList<>();
        for (int v = 0; v < views; v++) {
            maps.add(new ScalarMap(width, height, Arrays.copyOfRange(values, v * pixels, (v + 1) * pixels)));
        }
        return maps;
    }
}

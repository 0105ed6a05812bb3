package da3.core;

import da3.geometry.Camera;
import da3.geometry.GaussianCloud;
import da3.geometry.Intrinsics;
import da3.geometry.Pose;
import da3.geometry.PoseEncoding;
import da3.geometry.ScalarMap;
import da3.geometry.align.NestedAlignment;
import da3.geometry.depth.MetricScale;
import da3.geometry.depth.MonoSky;
import da3.geometry.gaussian.GaussianAdapter;
import da3.geometry.rays.HomographyFactorization;
import da3.geometry.rays.RayCamera;
import da3.geometry.rays.RayHomography;
import da3.geometry.rays.RayMap;
import da3.nn.ModelConfig;
import da3.nn.NetworkOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Computes geometry from the raw outputs of the networks.
 *
 * @param posesFromRays whether cameras are fitted to the rays instead of decoded from the camera tokens
 * @param seed seed of the random samples of that fit
 * @param sampleTable the samples, to replace random ones
 * @param factorization how a camera is computed from the fitted homography
 * @param gaussiansLikeDepth whether Gaussians are in the unit of the depth. In the reference, Gaussians of a nested model
 *     are in the unit of the any-view network, and those of given poses are scaled by a factor of 1/3 to 3
 * @param intrinsics given intrinsics in pixels of the processed images, one per view, which replace predicted ones
 */
public record PostProcessing(
        boolean posesFromRays,
        long seed,
        Optional<int[][]> sampleTable,
        HomographyFactorization factorization,
        boolean gaussiansLikeDepth,
        Optional<List<Intrinsics>> intrinsics) {

    /** Rays along the side of a patch. */
    private static final int RAYS_PER_PATCH = 8;

    /** Creates post-processing with predicted intrinsics. */
    public PostProcessing(
            boolean posesFromRays,
            long seed,
            Optional<int[][]> sampleTable,
            HomographyFactorization factorization,
            boolean gaussiansLikeDepth) {
        this(posesFromRays, seed, sampleTable, factorization, gaussiansLikeDepth, Optional.empty());
    }

    public static PostProcessing defaults(boolean posesFromRays, long seed) {
        return new PostProcessing(posesFromRays, seed, Optional.empty(), RayCamera.LEAST_SQUARES, true);
    }

    public PostProcessing withIntrinsics(Optional<List<Intrinsics>> intrinsics) {
        return new PostProcessing(posesFromRays, seed, sampleTable, factorization, gaussiansLikeDepth, intrinsics);
    }

    /**
     * Returns the geometry of the views.
     *
     * @param metric output of the metric network of a nested model, or null
     * @param height height of the processed images in pixels
     * @param width width of the processed images in pixels
     * @param given world-to-camera poses that conditioned the network
     */
    Reconstruction apply(
            NetworkOutput main,
            NetworkOutput metric,
            int views,
            int height,
            int width,
            ModelConfig config,
            Optional<List<Pose>> given) {
        List<ScalarMap> raw = maps(main.depth(), views, height, width);
        Optional<List<ScalarMap>> sky = optionalMaps(main.sky(), views, height, width);
        Optional<List<Camera>> cameras = cameras(main, views, height, width, config);
        Optional<GaussianCloud> gaussians = config.main()
                .gaussians()
                .filter(head -> main.gaussians() != null)
                .map(head -> new GaussianAdapter(head.adapter())
                        .adapt(
                                main.gaussians(),
                                raw,
                                maps(main.densities(), views, height, width),
                                cameras.orElseThrow(),
                                gaussiansLikeDepth ? Optional.empty() : given));
        List<Double> scales = scales(views, config);
        List<ScalarMap> depths = metricByFocal(config) ? scaled(raw, scales) : raw;
        Reconstruction result = new Reconstruction(
                sky.map(scores -> MonoSky.fill(depths, scores)).orElse(depths),
                optionalMaps(main.confidence(), views, height, width),
                sky,
                optionalMaps(main.objects(), views, height, width),
                cameras,
                rays(main, views, height, width, config),
                gaussians,
                scales,
                metricByFocal(config));
        return metric == null ? result : inMeters(result, metric, views, height, width);
    }

    /** Returns whether given focal lengths convert depth to meters. */
    private boolean metricByFocal(ModelConfig config) {
        return intrinsics.isPresent() && config.depthUnit() == ModelConfig.DepthUnit.METERS_AT_FOCAL_300;
    }

    private List<Double> scales(int views, ModelConfig config) {
        return metricByFocal(config)
                ? intrinsics.get().stream().map(MetricScale::metersPerUnit).toList()
                : Collections.nCopies(views, 1.0);
    }

    private static List<ScalarMap> scaled(List<ScalarMap> maps, List<Double> scales) {
        return IntStream.range(0, maps.size())
                .mapToObj(v -> maps.get(v).scaled(scales.get(v)))
                .toList();
    }

    private Reconstruction inMeters(Reconstruction anyView, NetworkOutput metric, int views, int height, int width) {
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
                anyView.objects(),
                Optional.of(aligned.cameras()),
                anyView.rays(),
                anyView.gaussians().map(g -> gaussiansLikeDepth ? g.scaled(aligned.scale()) : g),
                Collections.nCopies(views, aligned.scale()),
                true);
    }

    /** Returns the cameras in the network's frame; empty if they were not requested. */
    Optional<List<Camera>> cameras(NetworkOutput main, int views, int height, int width, ModelConfig config) {
        List<Camera> cameras = new ArrayList<>();
        if (posesFromRays) {
            rays(main, views, height, width, config).ifPresent(maps -> {
                int pixels = maps.get(0).width() * maps.get(0).height();
                int[][] table = sampleTable.orElseGet(() -> RayHomography.sampleTable(pixels, seed));
                maps.forEach(map -> cameras.add(RayCamera.estimate(map, height, width, table, seed, factorization)));
            });
        } else if (main.poseEncodings() != null) {
            for (int v = 0; v < views; v++) {
                cameras.add(PoseEncoding.ofArray(main.poseEncodings(), v * PoseEncoding.LENGTH)
                        .camera(height, width));
            }
        }
        for (int v = 0; intrinsics.isPresent() && v < cameras.size(); v++) {
            cameras.set(v, new Camera(cameras.get(v).pose(), intrinsics.get().get(v)));
        }
        return cameras.isEmpty() ? Optional.empty() : Optional.of(cameras);
    }

    private static Optional<List<RayMap>> rays(
            NetworkOutput main, int views, int height, int width, ModelConfig config) {
        if (main.rays() == null) {
            return Optional.empty();
        }
        int patch = config.main().backbone().patchSize();
        int rows = RAYS_PER_PATCH * height / patch;
        int columns = RAYS_PER_PATCH * width / patch;
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

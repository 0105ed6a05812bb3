package da3.core;

import da3.geometry.Camera;
import da3.geometry.DepthSample;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.KnownDistance;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Sim3;
import da3.geometry.View;
import da3.geometry.align.PoseAlignment;
import da3.geometry.depth.SparseDepthFit;
import da3.geometry.image.MapResampling;
import da3.geometry.image.PixelTransform;
import da3.geometry.math.Percentiles;
import da3.geometry.math.Vec3;
import da3.geometry.metrics.PoseConvention;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Converts what the networks predict to the requested frame, unit and image size. */
final class PredictionAssembly {

    private final Request request;
    private final ProcessedInput input;
    private final List<String> warnings = new ArrayList<>();
    private Reconstruction scene;
    private boolean scaled = true;

    /**
     * @param resolution resolution of the processed input
     * @param predicted geometry in the network's frame
     */
    PredictionAssembly(Request request, int resolution, ProcessedInput input, Reconstruction predicted) {
        this.request = request;
        this.input = input;
        this.scene = predicted;
        if (InputProcessing.cropsToCommonSize(
                request.sizes(), resolution, request.options().resizeMethod())) {
            warnings.add("images of different shapes were cropped to their common size of " + input.width() + "x"
                    + input.height());
        }
    }

    Reconstruction reconstruction() {
        return scene;
    }

    /** Returns whether given poses determined the scale; true without given poses. */
    boolean scaled() {
        return scaled;
    }

    /** Returns what could not be determined, one sentence each. */
    List<String> warnings() {
        return warnings;
    }

    /**
     * Transforms the scene to the frame of the given cameras, or the given cameras to the frame of the scene.
     *
     * @param conditioning cameras of all views that conditioned the network, in the given frame
     */
    void align(PosedInput posed, List<Camera> conditioning) {
        List<Camera> predicted = scene.cameras().orElseThrow();
        PoseAlignment alignment = posed.align(predicted, conditioning, medianDepth());
        scaled = alignment.scaled();
        if (!scaled) {
            warnings.add((request.poses().size() == 1
                            ? "one given pose determines no scale"
                            : "the centers of the given or the predicted cameras nearly coincide, which determines no"
                                    + " scale")
                    + ": lengths keep the model's unit");
        }
        List<Pose> predictedOfGiven = posed.poses().keySet().stream()
                .map(view -> predicted.get(view).pose())
                .toList();
        if (PoseConvention.seemsInverted(
                predictedOfGiven, List.copyOf(posed.poses().values()))) {
            warnings.add(PoseConvention.WARNING);
        }
        List<Camera> cameras = new ArrayList<>();
        for (int view = 0; view < predicted.size(); view++) {
            Pose seen = predicted.get(view).pose();
            Pose given = posed.poses().get(view);
            Pose pose = request.options().alignDepth()
                    ? (given != null ? given : alignment.inGivenFrame(seen))
                    : (given != null ? alignment.inPredictedFrame(given) : seen);
            cameras.add(new Camera(pose, predicted.get(view).intrinsics()));
        }
        if (request.options().alignDepth()) {
            Sim3 toGiven = alignment.givenToPredicted().inverse();
            scene = scene.moved(
                    scene.depths().stream().map(alignment::depthInGivenScale).toList(),
                    Optional.of(cameras),
                    scene.gaussians().map(cloud -> cloud.transformed(toGiven)),
                    toGiven.scale(),
                    alignment.scaled() ? request.options().posesInMeters() : scene.metric());
        } else {
            scene = scene.withCameras(Optional.of(cameras));
        }
    }

    /** Returns the median depth of all views; empty if no depth is positive and finite. */
    private OptionalDouble medianDepth() {
        float[] depths = joined(scene.depths());
        IntPredicate valid = i -> depths[i] > 0 && depths[i] < Float.POSITIVE_INFINITY;
        return IntStream.range(0, depths.length).anyMatch(valid)
                ? OptionalDouble.of(Percentiles.quantile(depths, valid, 0.5))
                : OptionalDouble.empty();
    }

    private static float[] joined(List<ScalarMap> maps) {
        float[] all =
                new float[maps.stream().mapToInt(map -> map.values().length).sum()];
        int offset = 0;
        for (ScalarMap map : maps) {
            System.arraycopy(map.values(), 0, all, offset, map.values().length);
            offset += map.values().length;
        }
        return all;
    }

    /** Sets the camera of a single calibrated image at the world origin, for models that predict no cameras. */
    void setCalibratedCamera(List<Intrinsics> intrinsics) {
        scene = scene.withCameras(Optional.of(List.of(new Camera(Pose.IDENTITY, intrinsics.get(0)))));
    }

    /** Converts depth, cameras and Gaussians to meters by means of measured depths. */
    void fitSparseDepth() {
        List<double[]> pairs = new ArrayList<>(); // predicted, measured
        for (int view = 0; view < input.views(); view++) {
            ScalarMap depth = scene.depths().get(view);
            PixelTransform toMap = input.transforms().get(view);
            for (DepthSample sample : request.sparseDepth(view)) {
                double x = toMap.x(sample.x());
                double y = toMap.y(sample.y());
                if (MapResampling.contains(depth, x, y)) {
                    pairs.add(new double[] {MapResampling.depthAt(depth, x, y), sample.meters()});
                }
            }
        }
        double[] predicted = pairs.stream().mapToDouble(pair -> pair[0]).toArray();
        double[] meters = pairs.stream().mapToDouble(pair -> pair[1]).toArray();
        SparseDepthFit best =
                SparseDepthFit.of(predicted, meters, request.options().seed());
        float[] depths = joined(scene.depths());
        SparseDepthFit fit = best.keepsInFront(depths)
                ? best
                : SparseDepthFit.scaleOnly(predicted, meters, request.options().seed());
        if (fit != best) {
            warnings.add(
                    "the fitted shift of " + best.shift() + " m would put parts of the scene behind the cameras: only a"
                            + " scale was fitted to the depth samples");
        }
        long clamped = IntStream.range(0, depths.length)
                .filter(i -> fit.isClamped(depths[i]))
                .count();
        if (clamped > 0) {
            warnings.add("the shift of " + fit.shift() + " m that was fitted to the depth samples would put " + clamped
                    + " of " + depths.length
                    + " pixels at or behind their cameras: their depth was set to a hundredth of its scaled value");
        }
        scene = inMeters(fit);
    }

    /** Converts depth, cameras and Gaussians to meters by means of a known distance. */
    void scaleTo(KnownDistance known) {
        scene = KnownScale.inMeters(scene, input, known);
    }

    private Reconstruction inMeters(SparseDepthFit fit) {
        List<ScalarMap> depths = scene.depths();
        Optional<List<Camera>> cameras =
                scene.cameras().map(all -> all.stream().map(fit::inMeters).toList());
        return scene.moved(
                depths.stream().map(fit::inMeters).toList(),
                cameras,
                scene.gaussians().map(cloud -> {
                    List<Vec3> centers = cameras.orElseThrow().stream()
                            .map(camera -> camera.pose().cameraCenter())
                            .toList();
                    int pixels = depths.get(0).values().length;
                    return cloud.scaled(fit.scale()).movedAlongRays(centers, i -> {
                        double depth = depths.get(i / pixels).values()[i % pixels];
                        return fit.inMeters(depth) / (fit.scale() * depth);
                    });
                }),
                fit.scale(),
                true);
    }

    /** Returns the views at the processed size or at the size of the given images. */
    List<View> views() {
        return IntStream.range(0, input.views())
                .mapToObj(v -> request.options().nativeSize() ? nativeView(v) : view(v))
                .toList();
    }

    private View view(int v) {
        return new View(
                denormalized(input.images().get(v)),
                scene.depths().get(v),
                scene.confidences().map(all -> all.get(v)),
                scene.cameras().map(all -> all.get(v)),
                scene.sky().map(all -> all.get(v)));
    }

    /** Returns a processed image with the rounding of the reference, so that exports have equal bytes. */
    private static Image denormalized(Image processed) {
        float[] normalized = InputProcessing.normalize(List.of(processed));
        return new Image(processed.width(), processed.height(), InputProcessing.denormalize(normalized));
    }

    private View nativeView(int v) {
        Image image = request.images().get(v);
        PixelTransform toMap = input.transforms().get(v);
        return new View(
                image,
                MapResampling.depth(scene.depths().get(v), image.width(), image.height(), toMap),
                scene.confidences().map(all -> nativeMap(all.get(v), v)),
                scene.cameras().map(all -> {
                    Camera camera = all.get(v);
                    return new Camera(camera.pose(), toMap.undo(camera.intrinsics()));
                }),
                scene.sky().map(all -> nativeMap(all.get(v), v)));
    }

    /** Returns sky scores at the size of the views. */
    Optional<List<ScalarMap>> sky() {
        return atViewSize(scene.sky());
    }

    /** Returns object scores at the size of the views. */
    Optional<List<ScalarMap>> objects() {
        return atViewSize(scene.objects());
    }

    private Optional<List<ScalarMap>> atViewSize(Optional<List<ScalarMap>> maps) {
        return request.options().nativeSize()
                ? maps.map(all -> IntStream.range(0, all.size())
                        .mapToObj(v -> nativeMap(all.get(v), v))
                        .toList())
                : maps;
    }

    private ScalarMap nativeMap(ScalarMap map, int v) {
        Image image = request.images().get(v);
        return MapResampling.bilinear(
                map, image.width(), image.height(), input.transforms().get(v));
    }
}

package da3.core;

import da3.geometry.Camera;
import da3.geometry.DepthSample;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** From what the networks see to what was asked for: the caller's frame, meters, the photos' own size. */
final class PredictionAssembly {

    private final Request request;
    private final ProcessedInput input;
    private final List<String> warnings = new ArrayList<>();
    private Reconstruction r;

    /** @param resolution that the input was brought to */
    PredictionAssembly(Request request, int resolution, ProcessedInput input, Reconstruction seen) {
        this.request = request;
        this.input = input;
        this.r = seen;
        if (InputProcessing.cutsToCommonSize(
                request.sizes(), resolution, request.options().resizeMethod())) {
            warnings.add("photos of different shapes were cut to the " + input.width() + "x" + input.height()
                    + " that they have in common");
        }
    }

    Reconstruction reconstruction() {
        return r;
    }

    /** What could not be determined. */
    List<String> warnings() {
        return warnings;
    }

    /**
     * Brings the scene to the given cameras, or them to it.
     *
     * @param told all cameras that the network was told, in the given frame
     */
    void align(PosedInput posed, List<Camera> told) {
        List<Camera> predicted = r.cameras().orElseThrow();
        PoseAlignment alignment = posed.align(predicted, told, medianDepth());
        if (!alignment.scaled()) {
            warnings.add((request.poses().size() == 1
                            ? "one given pose determines no scale"
                            : "the given cameras, or those predicted for them, stand in about one place, which"
                                    + " determines no scale")
                    + ": lengths stay in the model's unit");
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
            r = r.moved(
                    r.depths().stream().map(alignment::depthInGivenScale).toList(),
                    Optional.of(cameras),
                    r.gaussians().map(cloud -> cloud.transformed(toGiven)),
                    toGiven.scale(),
                    alignment.scaled() ? request.options().posesInMeters() : r.metric());
        } else {
            r = r.withCameras(Optional.of(cameras));
        }
    }

    /** Of all views; empty without a depth above 0. */
    private OptionalDouble medianDepth() {
        float[] depths = joined(r.depths());
        IntPredicate known = i -> depths[i] > 0 && depths[i] < Float.POSITIVE_INFINITY;
        return IntStream.range(0, depths.length).anyMatch(known)
                ? OptionalDouble.of(Percentiles.quantile(depths, known, 0.5))
                : OptionalDouble.empty();
    }

    private static float[] joined(List<ScalarMap> maps) {
        float[] all =
                new float[maps.stream().mapToInt(map -> map.values().length).sum()];
        int at = 0;
        for (ScalarMap map : maps) {
            System.arraycopy(map.values(), 0, all, at, map.values().length);
            at += map.values().length;
        }
        return all;
    }

    /** A single calibrated photo of a model that knows no cameras is taken from the world's origin. */
    void placeCalibratedPhoto(List<Intrinsics> intrinsics) {
        r = r.withCameras(Optional.of(List.of(new Camera(Pose.IDENTITY, intrinsics.get(0)))));
    }

    /** Brings depth, cameras and Gaussians to meters by measured depths. */
    void fitSparseDepth() {
        List<double[]> pairs = new ArrayList<>(); // predicted, measured
        for (int view = 0; view < input.views(); view++) {
            ScalarMap depth = r.depths().get(view);
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
        float[] depths = joined(r.depths());
        SparseDepthFit fit = best.keepsInFront(depths)
                ? best
                : SparseDepthFit.scaleOnly(predicted, meters, request.options().seed());
        if (fit != best) {
            warnings.add(
                    "the shift of " + best.shift() + " m that the depth samples ask for would put parts of the scene"
                            + " behind its cameras: a scale alone was fitted");
        }
        long bounded = IntStream.range(0, depths.length)
                .filter(i -> fit.isClamped(depths[i]))
                .count();
        if (bounded > 0) {
            warnings.add("the shift of " + fit.shift() + " m that the depth samples ask for would put " + bounded
                    + " of " + depths.length
                    + " pixels behind their cameras or onto them: those lie at a hundredth of the scale alone");
        }
        r = inMeters(fit);
    }

    private Reconstruction inMeters(SparseDepthFit fit) {
        List<ScalarMap> depths = r.depths();
        Optional<List<Camera>> cameras =
                r.cameras().map(all -> all.stream().map(fit::inMeters).toList());
        return r.moved(
                depths.stream().map(fit::inMeters).toList(),
                cameras,
                r.gaussians().map(cloud -> {
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

    /** The views, at the processed size or the photos' own. */
    List<View> views() {
        return IntStream.range(0, input.views())
                .mapToObj(v -> request.options().nativeSize() ? nativeView(v) : view(v))
                .toList();
    }

    private View view(int v) {
        return new View(
                recovered(input.images().get(v)),
                r.depths().get(v),
                r.confidences().map(all -> all.get(v)),
                r.cameras().map(all -> all.get(v)),
                r.sky().map(all -> all.get(v)));
    }

    /** As the reference reports it, which numbers that are read off its exports depend on. */
    private static Image recovered(Image processed) {
        float[] normalized = InputProcessing.normalize(List.of(processed));
        return new Image(processed.width(), processed.height(), InputProcessing.recovered(normalized));
    }

    private View nativeView(int v) {
        Image photo = request.images().get(v);
        PixelTransform toMap = input.transforms().get(v);
        return new View(
                photo,
                MapResampling.depth(r.depths().get(v), photo.width(), photo.height(), toMap),
                r.confidences().map(all -> nativeMap(all.get(v), v)),
                r.cameras().map(all -> {
                    Camera camera = all.get(v);
                    return new Camera(camera.pose(), toMap.undo(camera.intrinsics()));
                }),
                r.sky().map(all -> nativeMap(all.get(v), v)));
    }

    /** Sky scores, at the size of the views. */
    Optional<List<ScalarMap>> sky() {
        return request.options().nativeSize()
                ? r.sky().map(all -> IntStream.range(0, all.size())
                        .mapToObj(v -> nativeMap(all.get(v), v))
                        .toList())
                : r.sky();
    }

    private ScalarMap nativeMap(ScalarMap map, int v) {
        Image photo = request.images().get(v);
        return MapResampling.bilinear(
                map, photo.width(), photo.height(), input.transforms().get(v));
    }
}

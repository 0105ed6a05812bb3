package da3.export;

import da3.core.InputProcessing;
import da3.core.ResizeMethod;
import da3.export.OptionField.Group;
import da3.geometry.path.Trajectory;
import da3.io.GlbOptions;
import da3.nn.ReferenceViewStrategy;
import da3.video.VideoOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All options of a job.
 *
 * <p>Source: names of the reference, where it has the option: file services/backend.py, InferenceRequest, and its command
 * line.
 */
public final class OptionFields {

    private static final List<OptionField<?>> ALL = List.of(
            export(
                    "export_format",
                    "--export-format",
                    OptionType.text(),
                    "Export formats, joined by -: "
                            + Arrays.stream(ExportFormat.values())
                                    .map(ExportFormat::id)
                                    .collect(Collectors.joining(", ")),
                    job -> ExportFormat.ids(job.formats()),
                    (job, formats) -> job.formats(ExportFormat.parse(formats))),
            new OptionField<>(
                    Group.PREDICTION,
                    "process_res",
                    Optional.of("--process-res"),
                    OptionType.integer(InputProcessing.PATCH),
                    "Length in pixels of the image side that the resize method bounds. Default: processing size of the model,"
                            + " 504 for published models",
                    job -> job.inference().resolution().isPresent()
                            ? Optional.of(job.inference().resolution().getAsInt())
                            : Optional.empty(),
                    (job, side) -> job.inference().resolution(side)),
            prediction(
                    "process_res_method",
                    "--process-res-method",
                    OptionType.choice(Arrays.stream(ResizeMethod.values())
                            .map(ResizeMethod::toString)
                            .toList()),
                    "Method for resizing images to the processing size",
                    job -> job.inference().resizeMethod().toString(),
                    (job, method) -> job.inference().resizeMethod(ResizeMethod.of(method))),
            prediction(
                    "native_size",
                    "--native-size",
                    OptionType.flag(),
                    "Return maps and intrinsics at the size of the given images",
                    job -> job.inference().nativeSize(),
                    (job, nativeSize) -> job.inference().nativeSize(nativeSize)),
            prediction(
                    "independent",
                    "--independent",
                    OptionType.flag(),
                    "Treat the images as unrelated and predict each on its own",
                    job -> job.inference().independent(),
                    (job, independent) -> job.inference().independent(independent)),
            export(
                    "export_feat_layers",
                    "--export-feat",
                    OptionType.integers(),
                    "Backbone blocks for feat_vis, counted from 0",
                    job -> job.inference().featureLayers(),
                    (job, layers) -> job.inference().featureLayers(layers)),
            prediction(
                    "align_to_input_ext_scale",
                    "--align-to-input-ext-scale",
                    OptionType.flag(),
                    "Transform the scene to the frame and unit of given poses; otherwise, the poses are transformed to the"
                            + " network's frame",
                    job -> job.inference().alignDepth(),
                    (job, align) -> job.inference().alignDepth(align)),
            export(
                    "conf_thresh_percentile",
                    "--conf-thresh-percentile",
                    OptionType.number(0, 100),
                    "Percentage of least confident points to omit from point clouds (glb, ply, colmap)",
                    job -> job.export().glb().confidencePercentile(),
                    (job, percent) -> job.glb(glb -> glb.withPercentiles(percent, glb.ensuredPercentile()))),
            export(
                    "num_max_points",
                    "--num-max-points",
                    OptionType.integer(1, GlbOptions.MAX_POINTS),
                    "Maximum number of points of point clouds (glb, ply, colmap), selected at random",
                    job -> job.export().glb().maxPoints(),
                    (job, points) -> job.glb(glb -> glb.withMaxPoints(points))),
            export(
                    "show_cameras",
                    "--show-cameras",
                    OptionType.flag(),
                    "Draw cameras in glb",
                    job -> job.export().glb().showCameras(),
                    (job, shown) -> job.glb(glb -> glb.withCameras(shown, glb.cameraSize()))),
            export(
                    "feat_vis_fps",
                    "--feat-vis-fps",
                    OptionType.number(VideoOptions.MIN_FRAMES_PER_SECOND, VideoOptions.MAX_FRAMES_PER_SECOND),
                    "Frame rate of feat_vis videos, in views per second",
                    job -> job.export().featureFramesPerSecond(),
                    (job, rate) -> job.export(export -> export.withFeatureFramesPerSecond(rate))),
            prediction(
                    "use_ray_pose",
                    "--use-ray-pose",
                    OptionType.flag(),
                    "Fit cameras to the ray map instead of decoding them from the camera tokens",
                    job -> job.inference().posesFromRays(),
                    (job, rays) -> job.inference().posesFromRays(rays)),
            prediction(
                    "ref_view_strategy",
                    "--ref-view-strategy",
                    OptionType.choice(Arrays.stream(ReferenceViewStrategy.values())
                            .map(ReferenceViewStrategy::id)
                            .toList()),
                    "Strategy for choosing the reference view",
                    job -> job.inference().referenceView().id(),
                    (job, strategy) -> job.inference().referenceView(ReferenceViewStrategy.of(strategy))),
            new OptionField<>(
                    Group.EXPORT,
                    "infer_gs",
                    Optional.empty(),
                    OptionType.flag(),
                    "Add gs_ply to the export formats; requires a model with Gaussians",
                    job -> Optional.of(job.formats().contains(ExportFormat.GS_PLY)),
                    (job, gaussians) -> job.addGaussians(gaussians)),
            prediction(
                    "seed",
                    "--seed",
                    OptionType.longInteger(),
                    "Seed of every random draw",
                    job -> job.inference().seed(),
                    (job, seed) -> job.inference().seed(seed)),
            export(
                    "gs_path",
                    "--gs-path",
                    OptionType.choice(Arrays.stream(Trajectory.values())
                            .map(Trajectory::id)
                            .toList()),
                    "Camera path of gs_video (for a single view, always wander)",
                    job -> job.export().gaussianVideo().trajectory().id(),
                    (job, path) -> job.gaussianVideo(video -> video.withTrajectory(Trajectory.of(path)))),
            export(
                    "gs_quality",
                    "--gs-quality",
                    OptionType.choice(Arrays.stream(VideoOptions.Quality.values())
                            .map(VideoOptions.Quality::id)
                            .toList()),
                    "Quality of gs_video",
                    job -> job.export().gaussianVideo().quality().id(),
                    (job, quality) -> job.gaussianVideo(video -> video.withQuality(VideoOptions.Quality.of(quality)))));

    private OptionFields() {}

    /** Returns all fields in the order of JSON. */
    public static List<OptionField<?>> all() {
        return ALL;
    }

    private static <T> OptionField<T> prediction(
            String name,
            String commandLineName,
            OptionType<T> type,
            String description,
            Function<JobOptions, T> getter,
            BiConsumer<JobOptions.Builder, T> setter) {
        return field(Group.PREDICTION, name, commandLineName, type, description, getter, setter);
    }

    private static <T> OptionField<T> export(
            String name,
            String commandLineName,
            OptionType<T> type,
            String description,
            Function<JobOptions, T> getter,
            BiConsumer<JobOptions.Builder, T> setter) {
        return field(Group.EXPORT, name, commandLineName, type, description, getter, setter);
    }

    private static <T> OptionField<T> field(
            Group group,
            String name,
            String commandLineName,
            OptionType<T> type,
            String description,
            Function<JobOptions, T> getter,
            BiConsumer<JobOptions.Builder, T> setter) {
        return new OptionField<>(
                group, name, Optional.of(commandLineName), type, description, getter.andThen(Optional::of), setter);
    }
}

package da3.core;

import da3.geometry.Camera;
import da3.geometry.Intrinsics;
import da3.geometry.Scene;
import da3.nn.NetworkRequest;
import da3.nn.Output;
import da3.nn.Progress;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Computes predictions of requests: checks, image processing, networks and conversion of the results. */
final class Predictor {

    private final Pipeline pipeline;
    private final MemoryBudget memory;
    private final Supplier<Provenance> provenance;

    Predictor(Pipeline pipeline, MemoryBudget memory, Supplier<Provenance> provenance) {
        this.pipeline = pipeline;
        this.memory = memory;
        this.provenance = provenance;
    }

    Prediction predict(Request request, Progress progress) {
        requireServed(request.sizes(), request.priors(), request.options());
        if (request.knownDistance().isPresent()) {
            KnownScale.requireServed(request, pipeline.has(Output.CAMERA));
        }
        memory.require(request.sizes(), request.options(), request.poses().size());
        return request.options().independent()
                ? IndependentViews.predict(request, progress, this::together)
                : together(request, progress);
    }

    /**
     * Checks what can be checked before images are decoded.
     *
     * @param images sizes of the images in pixels
     * @throws IllegalArgumentException if the model cannot compute an output or use a prior, or an independent image cannot
     *     be resized
     * @throws da3.geometry.DegenerateGeometryException if an independent image has too few depth samples
     */
    void requireServed(List<InputProcessing.Size> images, List<ViewPrior> priors, InferenceOptions options) {
        for (Output output : options.outputs()) {
            if (!pipeline.has(output)) {
                throw new IllegalArgumentException("this model does not predict " + output.id());
            }
        }
        options.featureLayers().forEach(pipeline.config().main().backbone()::requireFeatureLayer);
        boolean posed = !ViewPriors.poses(priors).isEmpty();
        if (posed && pipeline.config().main().cameraEncoder().isEmpty()) {
            throw new IllegalArgumentException(
                    "this model cannot use given poses, because it has no camera encoder: give intrinsics only");
        }
        if (posed && options.alignDepth() && ViewPriors.hasSparseDepth(priors)) {
            throw new IllegalArgumentException("given poses and depth samples both set the unit of length: give only"
                    + " one of them, or set alignDepth to false, which transforms the poses to the network's frame");
        }
        if (options.independent()) {
            IndependentViews.requireServed(images, priors, options, pipeline.config());
        }
    }

    /** Predicts all views as one scene. */
    private Prediction together(Request request, Progress progress) {
        InferenceOptions options = request.options();
        int resolution = options.resolutionFor(pipeline.config());
        ProcessedInput input = InputProcessing.process(
                request.images(), request.intrinsics().orElse(List.of()), resolution, options.resizeMethod());
        NetworkRequest networkRequest = networkRequest(request);
        Optional<List<Intrinsics>> intrinsics = PosedInput.intrinsics(input);
        PostProcessing postProcessing =
                PostProcessing.defaults(options.posesFromRays(), options.seed()).withIntrinsics(intrinsics);
        float[] image = InputProcessing.normalize(input.images());
        Optional<PosedInput> posed = PosedInput.of(request, input);
        Optional<List<Camera>> conditioning = posed.map(given -> given.isComplete()
                ? given.given()
                : given.completedBy(pipeline.cameras(
                        image,
                        input.views(),
                        input.height(),
                        input.width(),
                        networkRequest,
                        postProcessing,
                        (stage, done, total) -> progress.step("first " + stage, done, total))));
        Pipeline.Result result = pipeline.run(
                image,
                input.views(),
                input.height(),
                input.width(),
                conditioning.map(PosedInput::normalized),
                networkRequest,
                postProcessing,
                progress);
        memory.markWeightsLoaded();
        PredictionAssembly assembly = new PredictionAssembly(request, resolution, input, result.reconstruction());
        posed.ifPresent(given -> assembly.align(given, conditioning.orElseThrow()));
        if (!pipeline.has(Output.CAMERA)
                && options.outputs().isEmpty()
                && intrinsics.isPresent()
                && input.views() == 1) {
            assembly.setCalibratedCamera(intrinsics.get());
        }
        if (ViewPriors.hasSparseDepth(request.priors())) {
            assembly.fitSparseDepth();
        }
        request.knownDistance().ifPresent(assembly::scaleTo);
        Reconstruction scene = assembly.reconstruction();
        return new Prediction(
                new Scene(assembly.views(), scene.gaussians(), scene.metric()),
                scene.rays(),
                assembly.sky(),
                assembly.objects(),
                result.main().features(),
                result.main().referenceView(),
                scene.scales(),
                assembly.scaled(),
                assembly.warnings(),
                provenance.get());
    }

    private NetworkRequest networkRequest(Request request) {
        Set<Output> outputs = EnumSet.of(Output.DEPTH);
        outputs.addAll(request.options().outputs());
        boolean needsCameras = request.options().outputs().isEmpty()
                || !request.poses().isEmpty()
                || request.intrinsics().isPresent()
                || request.knownDistance().isPresent();
        if (needsCameras && pipeline.has(Output.CAMERA)) {
            outputs.add(Output.CAMERA);
        }
        return new NetworkRequest(
                outputs, request.options().referenceView(), request.options().featureLayers(), 1, false);
    }
}

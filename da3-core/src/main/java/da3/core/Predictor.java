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

/** The way of a request through a pipeline. */
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
        memory.require(request.sizes(), request.options(), request.poses().size());
        return request.options().independent()
                ? IndependentViews.predict(request, progress, this::together)
                : together(request, progress);
    }

    /**
     * Checks what can be checked before images are decoded.
     *
     * @param images sizes of the images in pixels
     * @throws IllegalArgumentException if the model cannot compute the outputs or use the priors, or an independent image
     *     cannot be resized
     * @throws da3.geometry.DegenerateGeometryException if an independent image has depth samples, but too few
     */
    void requireServed(List<InputProcessing.Size> images, List<ViewPrior> priors, InferenceOptions options) {
        for (Output output : options.outputs()) {
            if (!pipeline.has(output)) {
                throw new IllegalArgumentException("this model has no " + output.id());
            }
        }
        options.featureLayers().forEach(pipeline.config().main().backbone()::requireFeatureLayer);
        boolean posed = !ViewPriors.poses(priors).isEmpty();
        if (posed && pipeline.config().main().cameraEncoder().isEmpty()) {
            throw new IllegalArgumentException(
                    "poses are given, but this model has no camera encoder: it takes intrinsics alone");
        }
        if (posed && options.alignDepth() && ViewPriors.hasSparseDepth(priors)) {
            throw new IllegalArgumentException("given poses and depth samples both set the unit of length: give one of"
                    + " them, or set alignDepth to false, which moves the poses into the network's frame");
        }
        if (options.independent()) {
            IndependentViews.requireServed(images, priors, options, pipeline.config());
        }
    }

    /** All views as one scene. */
    private Prediction together(Request request, Progress progress) {
        InferenceOptions options = request.options();
        int resolution = options.resolutionFor(pipeline.config());
        ProcessedInput input = InputProcessing.process(
                request.images(), request.intrinsics().orElse(List.of()), resolution, options.resizeMethod());
        NetworkRequest networkRequest = networkRequest(request);
        Optional<List<Intrinsics>> intrinsics = PosedInput.known(input);
        PostProcessing postProcessing =
                PostProcessing.defaults(options.posesFromRays(), options.seed()).withIntrinsics(intrinsics);
        float[] image = InputProcessing.normalize(input.images());
        Optional<PosedInput> posed = PosedInput.of(request, input);
        Optional<List<Camera>> told = posed.map(known -> known.isComplete()
                ? known.complete()
                : known.completedBy(pipeline.cameras(
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
                told.map(PosedInput::normalized),
                networkRequest,
                postProcessing,
                progress);
        memory.weightsAreHeld();
        PredictionAssembly assembly = new PredictionAssembly(request, resolution, input, result.reconstruction());
        posed.ifPresent(known -> assembly.align(known, told.orElseThrow()));
        if (!pipeline.has(Output.CAMERA)
                && options.outputs().isEmpty()
                && intrinsics.isPresent()
                && input.views() == 1) {
            assembly.placeCalibratedPhoto(intrinsics.get());
        }
        if (ViewPriors.hasSparseDepth(request.priors())) {
            assembly.fitSparseDepth();
        }
        Reconstruction r = assembly.reconstruction();
        return new Prediction(
                new Scene(assembly.views(), r.gaussians(), r.metric()),
                r.rays(),
                assembly.sky(),
                result.main().features(),
                result.main().referenceView(),
                r.scales(),
                assembly.warnings(),
                provenance.get());
    }

    private NetworkRequest networkRequest(Request request) {
        Set<Output> outputs = EnumSet.of(Output.DEPTH);
        outputs.addAll(request.options().outputs());
        boolean wantsCameras = request.options().outputs().isEmpty()
                || !request.poses().isEmpty()
                || request.intrinsics().isPresent();
        if (wantsCameras && pipeline.has(Output.CAMERA)) {
            outputs.add(Output.CAMERA);
        }
        return new NetworkRequest(
                outputs, request.options().referenceView(), request.options().featureLayers(), 1, false);
    }
}

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
        requireServed(request);
        memory.require(request);
        return request.independent()
                ? IndependentViews.predict(request, progress, this::together)
                : together(request, progress);
    }

    /** @throws IllegalArgumentException if the model has not what is asked for */
    void requireServed(Request request) {
        for (Output output : request.outputs()) {
            if (!pipeline.has(output)) {
                throw new IllegalArgumentException("this model has no " + output.id());
            }
        }
        request.featureLayers().forEach(pipeline.config().main().backbone()::requireFeatureLayer);
        if (!request.poses().isEmpty()
                && pipeline.config().main().cameraEncoder().isEmpty()) {
            throw new IllegalArgumentException(
                    "poses are given, but this model takes no cameras; legal: intrinsics alone");
        }
        if (!request.poses().isEmpty()
                && request.alignDepth()
                && !request.sparseDepth().isEmpty()) {
            throw new IllegalArgumentException("given poses and depth samples would both set the unit of length; legal:"
                    + " one of them, or alignDepth false, so that the poses are moved to where the network sees them");
        }
        if (request.independent()) {
            IndependentViews.requireServed(request, pipeline.config());
        }
    }

    /** All views as one scene. */
    private Prediction together(Request request, Progress progress) {
        int resolution = request.resolutionFor(pipeline.config());
        ProcessedInput input = InputProcessing.process(
                request.images(), request.intrinsics().orElse(List.of()), resolution, request.resizeMethod());
        NetworkRequest networkRequest = networkRequest(request);
        Optional<List<Intrinsics>> intrinsics = PosedInput.known(input);
        PostProcessing postProcessing =
                PostProcessing.defaults(request.posesFromRays(), request.seed()).withIntrinsics(intrinsics);
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
                && request.outputs().isEmpty()
                && intrinsics.isPresent()
                && input.views() == 1) {
            assembly.placeCalibratedPhoto(intrinsics.get());
        }
        if (!request.sparseDepth().isEmpty()) {
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
        outputs.addAll(request.outputs());
        boolean wantsCameras = request.outputs().isEmpty()
                || !request.poses().isEmpty()
                || request.intrinsics().isPresent();
        if (wantsCameras && pipeline.has(Output.CAMERA)) {
            outputs.add(Output.CAMERA);
        }
        return new NetworkRequest(outputs, request.referenceView(), request.featureLayers(), 1, false);
    }
}

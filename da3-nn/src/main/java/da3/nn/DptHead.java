package da3.nn;

import java.util.List;

/**
 * A DPT head for depth and optionally masks of sky and objects.
 *
 * <p>Source: DPT (Ranftl et al., 2021); reference file model/dpt.py.
 */
final class DptHead {

    private final Engine engine;
    private final Activation maskActivation;
    private final Reassemble reassemble;
    private final ImageFeatures features;
    private final OutputConvolutions outputConv2;
    private final OutputConvolutions skyOutputConv2; // null without sky
    private final OutputConvolutions objectOutputConv2; // null without objects

    /**
     * @param sky (views, H, W, 1), or null
     * @param objects (views, H, W, 1), or null
     */
    record Output(Tensor depth, Tensor sky, Tensor objects) {}

    /** @param maskActivation final activation of the masks of sky and objects */
    DptHead(ParameterPath path, DptConfig config, Activation maskActivation) {
        int channels = config.features() / 2;
        ParameterPath scratch = path.child("scratch");
        this.engine = path.engine();
        this.maskActivation = maskActivation;
        this.reassemble = new Reassemble(path, config, "");
        this.features = new ImageFeatures(scratch, config);
        this.outputConv2 = new OutputConvolutions(scratch.child("output_conv2"), channels, config.outputDim());
        this.skyOutputConv2 =
                config.kind().hasSky() ? new OutputConvolutions(scratch.child("sky_output_conv2"), channels, 1) : null;
        this.objectOutputConv2 = config.kind().hasObjects()
                ? new OutputConvolutions(scratch.child("object_output_conv2"), channels, 1)
                : null;
    }

    Output forward(List<Tensor> levels, int height, int width) {
        try (Scope scope = engine.scope()) {
            Tensor x = features.forward(reassemble, levels, height, width);
            Tensor depth = scope.keep(outputConv2.forward(x, Activation.EXP));
            Tensor sky = skyOutputConv2 == null ? null : scope.keep(skyOutputConv2.forward(x, maskActivation));
            Tensor objects =
                    objectOutputConv2 == null ? null : scope.keep(objectOutputConv2.forward(x, maskActivation));
            return new Output(depth, sky, objects);
        }
    }
}

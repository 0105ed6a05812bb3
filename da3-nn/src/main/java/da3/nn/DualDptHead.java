package da3.nn;

import da3.nn.internal.UvEmbedding;
import java.util.ArrayList;
import java.util.List;

/**
 * A DPT head for depth and rays, both with confidence, with one reassembled pyramid and two fusion chains. The chain of
 * rays has a pyramid of its own with {@link DptConfig#separateReassembly}.
 *
 * <p>Only the finest level of the ray pyramid is used, so the other levels are not computed.
 *
 * <p>Source: paper (arXiv 2511.10647), section 3.2; reference file model/dualdpt.py.
 */
final class DualDptHead {

    private final Engine engine;
    private final DptConfig config;
    private final Reassemble reassemble;
    private final Reassemble reassembleAux; // that of depth if it is shared
    private final ImageFeatures features;
    private final OutputConvolutions outputConv2;
    private final RefineNet fusionAux;
    private final List<Conv3x3> outputConv1Aux = new ArrayList<>();
    private final Conv3x3 auxConv0;
    private final LayerNorm auxNorm;
    private final Linear auxConv5;

    /**
     * @param depth (views, H, W, 2): depth, and confidence minus 1; null if not requested
     * @param rays (views, 8 rows, 8 columns, 7): direction, origin, logarithm of the confidence minus 1; null if not
     *     requested
     */
    record Output(Tensor depth, Tensor rays) {}

    DualDptHead(ParameterPath path, DptConfig config) {
        int channels = config.features();
        int finest = config.auxLevels() - 1;
        ParameterPath scratch = path.child("scratch");
        this.engine = path.engine();
        this.config = config;
        this.reassemble = new Reassemble(path, config, "");
        this.reassembleAux = config.separateReassembly() ? new Reassemble(path, config, "_aux") : reassemble;
        this.features = new ImageFeatures(scratch, config);
        this.outputConv2 = new OutputConvolutions(scratch.child("output_conv2"), channels / 2, config.outputDim());
        this.fusionAux = new RefineNet(scratch, channels, "_aux");
        for (int i = 0; i < config.auxConvolutions(); i++) {
            int in = i % 2 == 0 ? channels : channels / 2;
            outputConv1Aux.add(
                    new Conv3x3(scratch.child("output_conv1_aux").child(finest).child(i), in, 3 * channels / 2 - in));
        }
        ParameterPath last = scratch.child("output_conv2_aux").child(finest);
        this.auxConv0 = new Conv3x3(last.child(0), channels / 2, DptConfig.OUTPUT_FEATURES);
        this.auxNorm = new LayerNorm(last.child(2), DptConfig.OUTPUT_FEATURES, config.normEpsilon());
        this.auxConv5 = Linear.pointwise(last.child(5), DptConfig.OUTPUT_FEATURES, DptConfig.RAY_CHANNELS);
    }

    Output forward(List<Tensor> levels, int height, int width, boolean needsDepth, boolean needsRays) {
        try (Scope scope = engine.scope()) {
            boolean shared = reassembleAux == reassemble;
            List<Tensor> pyramid = needsDepth || shared ? reassemble.forward(levels, height, width) : null;
            Tensor depth = needsDepth ? scope.keep(depth(pyramid, height, width)) : null;
            if (!needsRays) {
                return new Output(depth, null);
            }
            List<Tensor> pyramidAux = shared ? pyramid : reassembleAux.forward(levels, height, width);
            return new Output(depth, scope.keep(rays(pyramidAux, (double) width / height)));
        }
    }

    private Tensor depth(List<Tensor> pyramid, int height, int width) {
        try (Scope scope = engine.scope()) {
            return scope.keep(outputConv2.forward(features.forward(pyramid, height, width), Activation.EXP));
        }
    }

    private Tensor rays(List<Tensor> pyramid, double aspect) {
        try (Scope scope = engine.scope()) {
            Tensor x = fusionAux.forward(pyramid);
            for (Conv3x3 conv : outputConv1Aux) {
                x = conv.forward(x);
            }
            x = config.posEmbed() ? UvEmbedding.add(engine, x, aspect, config) : x;
            x = engine.activate(auxNorm.forward(auxConv0.forward(x)), Activation.RELU);
            return scope.keep(auxConv5.forward(x));
        }
    }
}

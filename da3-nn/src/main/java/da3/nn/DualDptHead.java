package da3.nn;

import da3.nn.internal.UvEmbedding;
import java.util.ArrayList;
import java.util.List;

/**
 * Depth with confidence, and rays with confidence, from one reassembled pyramid and two fusion chains.
 *
 * <p>Only the finest level of the auxiliary pyramid is ever read, so only that is computed, and only for who asks.
 *
 * <p>Source: paper (arXiv 2511.10647), section 3.2; reference file model/dualdpt.py.
 */
final class DualDptHead {

    private final Engine engine;
    private final DptConfig config;
    private final Reassemble reassemble;
    private final RefineNet fusion;
    private final Conv3x3 outputConv1;
    private final OutputConvolutions outputConv2;
    private final RefineNet fusionAux;
    private final List<Conv3x3> outputConv1Aux = new ArrayList<>();
    private final Conv3x3 auxConv0;
    private final LayerNorm auxNorm;
    private final Linear auxConv5;

    /**
     * @param depth (views, H, W, 2): depth, and confidence less 1; null if not asked for
     * @param rays (views, 8 rows, 8 columns, 7): direction, origin, logarithm of the confidence less 1; null if not asked
     */
    record Output(Tensor depth, Tensor rays) {}

    DualDptHead(ParameterPath at, DptConfig config) {
        int features = config.features();
        int finest = config.auxLevels() - 1;
        ParameterPath scratch = at.at("scratch");
        this.engine = at.engine();
        this.config = config;
        this.reassemble = new Reassemble(at, config);
        this.fusion = new RefineNet(scratch, features, "");
        this.outputConv1 = new Conv3x3(scratch.at("output_conv1"), features, features / 2);
        this.outputConv2 = new OutputConvolutions(scratch.at("output_conv2"), features / 2, config.outputDim());
        this.fusionAux = new RefineNet(scratch, features, "_aux");
        for (int i = 0; i < config.auxConvolutions(); i++) {
            int in = i % 2 == 0 ? features : features / 2;
            outputConv1Aux.add(
                    new Conv3x3(scratch.at("output_conv1_aux").at(finest).at(i), in, 3 * features / 2 - in));
        }
        ParameterPath last = scratch.at("output_conv2_aux").at(finest);
        this.auxConv0 = new Conv3x3(last.at(0), features / 2, DptConfig.OUTPUT_FEATURES);
        this.auxNorm = new LayerNorm(last.at(2), DptConfig.OUTPUT_FEATURES, config.normEpsilon());
        this.auxConv5 = Linear.pointwise(last.at(5), DptConfig.OUTPUT_FEATURES, DptConfig.RAY_CHANNELS);
    }

    Output forward(List<Tensor> levels, int height, int width, boolean wantsDepth, boolean wantsRays) {
        try (Scope scope = engine.scope()) {
            List<Tensor> pyramid = reassemble.forward(levels, height, width);
            Tensor depth = wantsDepth ? scope.keep(depth(pyramid, height, width)) : null;
            Tensor rays = wantsRays ? scope.keep(rays(pyramid, (double) width / height)) : null;
            return new Output(depth, rays);
        }
    }

    private Tensor depth(List<Tensor> pyramid, int height, int width) {
        try (Scope scope = engine.scope()) {
            Tensor x = engine.resize(outputConv1.forward(fusion.forward(pyramid)), height, width);
            x = config.posEmbed() ? UvEmbedding.add(engine, x, (double) width / height, config) : x;
            return scope.keep(outputConv2.forward(x, Activation.EXP));
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

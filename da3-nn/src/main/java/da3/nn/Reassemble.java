package da3.nn;

import da3.nn.internal.UvEmbedding;
import java.util.ArrayList;
import java.util.List;

/**
 * Four levels of tokens to a pyramid of maps at 4, 2, 1 and 1/2 times the patch grid.
 *
 * <p>Source: DPT (Ranftl et al., 2021), section 3; reference file model/dpt.py.
 */
final class Reassemble {

    private final Engine engine;
    private final DptConfig config;
    private final LayerNorm norm; // null where tokens are not normed
    private final List<Linear> projects = new ArrayList<>();
    private final List<Resampling> resizeLayers;
    private final List<Conv3x3> layerRn = new ArrayList<>();

    private interface Resampling {
        Tensor forward(Tensor x);
    }

    Reassemble(ParameterPath at, DptConfig config) {
        this.engine = at.engine();
        this.config = config;
        this.norm = config.tokenNorm() ? new LayerNorm(at.at("norm"), config.dimIn(), config.normEpsilon()) : null;
        for (int i = 0; i < 4; i++) {
            int channels = config.outChannels().get(i);
            projects.add(Linear.pointwise(at.at("projects").at(i), config.dimIn(), channels));
            layerRn.add(Conv3x3.unbiased(at.at("scratch.layer" + (i + 1) + "_rn"), channels, config.features()));
        }
        ParameterPath resize = at.at("resize_layers");
        int coarsest = config.outChannels().get(3);
        this.resizeLayers = List.of(
                enlarging(resize.at(0), config.outChannels().get(0), 4),
                enlarging(resize.at(1), config.outChannels().get(1), 2),
                x -> x,
                Conv3x3.halving(resize.at(3), coarsest, coarsest)::forward);
    }

    private Resampling enlarging(ParameterPath at, int channels, int k) {
        Parameter weight = at.transposedConvolution("weight", channels, channels, k);
        Parameter bias = at.plain("bias", channels);
        return x -> engine.transposedConvolution(x, weight, bias);
    }

    /** Levels (views, patches, dimIn) of an H x W image -> maps (views, h, w, features), finest first. */
    List<Tensor> forward(List<Tensor> levels, int height, int width) {
        int rows = height / config.patchSize();
        int columns = width / config.patchSize();
        List<Tensor> pyramid = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Tensor tokens = levels.get(i);
            try (Scope scope = engine.scope()) {
                Tensor x = engine.reshape(tokens, tokens.size(0), rows, columns, config.dimIn());
                x = norm == null ? x : norm.forward(x);
                x = projects.get(i).forward(x);
                x = config.posEmbed() ? UvEmbedding.add(engine, x, (double) width / height, config) : x;
                x = resizeLayers.get(i).forward(x);
                pyramid.add(scope.keep(layerRn.get(i).forward(x)));
            }
        }
        return pyramid;
    }
}

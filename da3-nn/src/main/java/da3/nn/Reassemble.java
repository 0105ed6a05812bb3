package da3.nn;

import da3.nn.internal.UvEmbedding;
import java.util.ArrayList;
import java.util.List;

/**
 * Converts four levels of tokens to a pyramid of feature maps at 4, 2, 1 and 1/2 times the patch grid.
 *
 * <p>Source: DPT (Ranftl et al., 2021), section 3; reference file model/dpt.py.
 */
final class Reassemble {

    private final Engine engine;
    private final DptConfig config;
    private final LayerNorm norm; // null if tokens are not normalized
    private final List<Linear> projects = new ArrayList<>();
    private final List<Resampling> resizeLayers;
    private final List<Conv3x3> layerRn = new ArrayList<>();

    private interface Resampling {
        Tensor forward(Tensor x);
    }

    /** @param suffix suffix of the parameter names: empty, or {@code _aux} */
    Reassemble(ParameterPath path, DptConfig config, String suffix) {
        this.engine = path.engine();
        this.config = config;
        this.norm = config.tokenNorm()
                ? new LayerNorm(path.child("norm" + suffix), config.dimIn(), config.normEpsilon())
                : null;
        for (int i = 0; i < 4; i++) {
            int channels = config.outChannels().get(i);
            projects.add(Linear.pointwise(path.child("projects" + suffix).child(i), config.dimIn(), channels));
            layerRn.add(Conv3x3.withoutBias(
                    path.child("scratch.layer" + (i + 1) + "_rn" + suffix), channels, config.features()));
        }
        ParameterPath resize = path.child("resize_layers" + suffix);
        int coarsest = config.outChannels().get(3);
        this.resizeLayers = List.of(
                upsampling(resize.child(0), config.outChannels().get(0), 4),
                upsampling(resize.child(1), config.outChannels().get(1), 2),
                x -> x,
                Conv3x3.ofStride2(resize.child(3), coarsest, coarsest)::forward);
    }

    private Resampling upsampling(ParameterPath path, int channels, int k) {
        Parameter weight = path.transposedConvolution("weight", channels, channels, k);
        Parameter bias = path.plain("bias", channels);
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

package da3.nn;

import da3.nn.internal.UvEmbedding;
import java.util.List;

/**
 * Fuses a pyramid and upsamples the result to the size of the image. Every map is released as soon as the next one is
 * computed, since these are the largest of a network.
 *
 * <p>Source: DPT (Ranftl et al., 2021); reference file model/dpt.py.
 */
final class ImageFeatures {

    private final Engine engine;
    private final DptConfig config;
    private final RefineNet fusion;
    private final Conv3x3 outputConv1;

    ImageFeatures(ParameterPath scratch, DptConfig config) {
        this.engine = scratch.engine();
        this.config = config;
        this.fusion = new RefineNet(scratch, config.features(), "");
        this.outputConv1 = new Conv3x3(scratch.child("output_conv1"), config.features(), config.features() / 2);
    }

    /** Levels of tokens (views, patches, dimIn) of an image -> (views, height, width, features / 2). */
    Tensor forward(Reassemble reassemble, List<Tensor> levels, int height, int width) {
        try (Scope scope = engine.scope()) {
            return scope.keep(forward(reassemble.forward(levels, height, width), height, width));
        }
    }

    /** Pyramid of maps (views, h, w, features), finest first -> (views, height, width, features / 2). */
    Tensor forward(List<Tensor> pyramid, int height, int width) {
        Tensor x = resized(pyramid, height, width);
        return config.posEmbed() ? UvEmbedding.add(engine, x, (double) width / height, config) : x;
    }

    private Tensor resized(List<Tensor> pyramid, int height, int width) {
        try (Scope scope = engine.scope()) {
            return scope.keep(engine.resize(narrow(pyramid), height, width));
        }
    }

    /** (views, 2 h, 2 w, features / 2), where h and w are those of the finest map. */
    private Tensor narrow(List<Tensor> pyramid) {
        try (Scope scope = engine.scope()) {
            return scope.keep(outputConv1.forward(fusion.forward(pyramid)));
        }
    }
}

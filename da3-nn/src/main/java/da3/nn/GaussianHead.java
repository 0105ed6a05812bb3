package da3.nn;

import java.util.List;

/**
 * A DPT head for raw Gaussian parameters of every pixel, from tokens and the image.
 *
 * <p>Source: reference file model/gsdpt.py.
 */
final class GaussianHead {

    private final Engine engine;
    private final Reassemble reassemble;
    private final ImageFeatures features;
    private final OutputConvolutions outputConv2;
    private final List<Conv3x3> imagesMerger;

    GaussianHead(ParameterPath path, DptConfig config) {
        int merged = config.features() / 2;
        ParameterPath scratch = path.child("scratch");
        ParameterPath merger = path.child("images_merger");
        this.engine = path.engine();
        this.reassemble = new Reassemble(path, config, "");
        this.features = new ImageFeatures(scratch, config);
        this.outputConv2 = new OutputConvolutions(scratch.child("output_conv2"), merged, config.outputDim());
        this.imagesMerger = List.of(
                new Conv3x3(merger.child(0), 3, merged / 4),
                new Conv3x3(merger.child(2), merged / 4, merged / 2),
                new Conv3x3(merger.child(4), merged / 2, merged));
    }

    /**
     * Levels, and the image (views, 3, H, W) -> (views, H, W, outputDim); the last channel is the logit of the density.
     */
    Tensor forward(List<Tensor> levels, Tensor image) {
        int height = image.size(2);
        int width = image.size(3);
        try (Scope scope = engine.scope()) {
            Tensor x = engine.add(features.forward(reassemble, levels, height, width), merge(image));
            return scope.keep(outputConv2.forward(x, Activation.NONE));
        }
    }

    private Tensor merge(Tensor image) {
        try (Scope scope = engine.scope()) {
            Tensor y = engine.channelsLast(image);
            for (Conv3x3 conv : imagesMerger) {
                y = conv.forward(y, Activation.GELU);
            }
            return scope.keep(y);
        }
    }
}

package da3.nn;

/** Cuts images into patches and maps each to a token: a convolution whose stride is its kernel. */
final class PatchEmbedding {

    private final Engine engine;
    private final int patchSize;
    private final Parameter weight; // (dim, 3, patch, patch)
    private final Parameter bias; // (dim)

    PatchEmbedding(ParameterPath at, BackboneConfig config) {
        this.engine = at.engine();
        this.patchSize = config.patchSize();
        this.weight = at.linear("weight", config.embedDim(), 3, patchSize, patchSize);
        this.bias = at.plain("bias", config.embedDim());
    }

    /** (views, 3, H, W) -> (views, patches, dim). */
    Tensor forward(Tensor image) {
        return engine.linear(engine.patches(image, patchSize), weight, bias, Activation.NONE);
    }
}

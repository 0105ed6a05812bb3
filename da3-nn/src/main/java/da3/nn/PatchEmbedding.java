package da3.nn;

/** Splits images into patches and maps each patch to a token: a convolution whose stride equals its kernel size. */
final class PatchEmbedding {

    private final Engine engine;
    private final int patchSize;
    private final Parameter weight; // (dim, 3, patch, patch)
    private final Parameter bias; // (dim)

    PatchEmbedding(ParameterPath path, BackboneConfig config) {
        this.engine = path.engine();
        this.patchSize = config.patchSize();
        this.weight = path.linear("weight", config.embedDim(), 3, patchSize, patchSize);
        this.bias = path.plain("bias", config.embedDim());
    }

    /** (views, 3, H, W) -> (views, patches, dim). */
    Tensor forward(Tensor image) {
        return engine.linear(engine.patches(image, patchSize), weight, bias, Activation.NONE);
    }
}

package da3.nn;

import da3.geometry.check.Check;

/**
 * A DINOv2 vision transformer as published: each view is alone, and there are no heads.
 *
 * <p>Source: Oquab et al., "DINOv2: Learning Robust Visual Features without Supervision", 2023.
 */
public final class DinoV2 {

    private final VisionTransformer transformer;

    /**
     * Declares the parameters; no values are read yet.
     *
     * @param path prefix of the parameter names
     * @throws IllegalArgumentException if blocks attend across views
     * @throws WeightsException if a tensor is missing or has another shape
     */
    public DinoV2(Engine engine, WeightSource source, String path, BackboneConfig config) {
        if (config.altStart() >= 0) {
            throw Check.invalid("first block across views", "-1 for none", config.altStart());
        }
        transformer = new VisionTransformer(ParameterPath.root(engine, source, path), config);
    }

    /**
     * Returns the class token and the patch tokens of each view after the final norm. Called on the thread of the engine.
     *
     * @param images (views, 3, H, W), normalized; sides are multiples of the patch size
     * @return (views, 1 + patches, dim)
     */
    public Tensor forward(Tensor images) {
        return transformer.independentTokens(images);
    }
}

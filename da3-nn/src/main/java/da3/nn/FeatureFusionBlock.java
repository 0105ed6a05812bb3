package da3.nn;

/** Takes a coarser map, adds a finer level, refines, and enlarges; reference file model/dpt.py. */
final class FeatureFusionBlock {

    private final Engine engine;
    private final ResidualConvUnit resConfUnit1; // of the finer level; null for the coarsest block
    private final ResidualConvUnit resConfUnit2;
    private final Linear outConv;

    FeatureFusionBlock(ParameterPath at, int features, boolean hasSkip) {
        this.engine = at.engine();
        this.resConfUnit1 = hasSkip ? new ResidualConvUnit(at.at("resConfUnit1"), features) : null;
        this.resConfUnit2 = new ResidualConvUnit(at.at("resConfUnit2"), features);
        this.outConv = Linear.pointwise(at.at("out_conv"), features, features);
    }

    /**
     * (views, h, w, features) -> (views, rows, columns, features).
     *
     * @param skip the finer level, or null
     */
    Tensor forward(Tensor x, Tensor skip, int rows, int columns) {
        try (Scope scope = engine.scope()) {
            Tensor sum = skip == null ? x : engine.add(x, resConfUnit1.forward(skip));
            // a 1x1 convolution and a bilinear resize commute: the first is cheaper on the small map
            Tensor y = outConv.forward(resConfUnit2.forward(sum));
            return scope.keep(engine.resize(y, rows, columns));
        }
    }
}

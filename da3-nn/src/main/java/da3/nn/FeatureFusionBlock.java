package da3.nn;

/** Adds a finer level to a coarser map, refines the sum and upsamples it; reference file model/dpt.py. */
final class FeatureFusionBlock {

    private final Engine engine;
    private final ResidualConvUnit resConfUnit1; // for the finer level; null in the coarsest block
    private final ResidualConvUnit resConfUnit2;
    private final Linear outConv;

    FeatureFusionBlock(ParameterPath path, int features, boolean hasSkip) {
        this.engine = path.engine();
        this.resConfUnit1 = hasSkip ? new ResidualConvUnit(path.child("resConfUnit1"), features) : null;
        this.resConfUnit2 = new ResidualConvUnit(path.child("resConfUnit2"), features);
        this.outConv = Linear.pointwise(path.child("out_conv"), features, features);
    }

    /**
     * (views, h, w, features) -> (views, rows, columns, features).
     *
     * @param skip the finer level, or null
     */
    Tensor forward(Tensor x, Tensor skip, int rows, int columns) {
        try (Scope scope = engine.scope()) {
            Tensor sum = skip == null ? x : engine.add(x, resConfUnit1.forward(skip));
            // a 1x1 convolution commutes with a bilinear resize and is cheaper on the smaller map
            Tensor y = outConv.forward(resConfUnit2.forward(sum));
            return scope.keep(engine.resize(y, rows, columns));
        }
    }
}

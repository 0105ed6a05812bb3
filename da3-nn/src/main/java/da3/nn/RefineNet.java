package da3.nn;

import java.util.List;

/** Four fusion blocks, from the coarsest level (refinenet4) to the finest (refinenet1). */
final class RefineNet {

    private final FeatureFusionBlock refinenet1;
    private final FeatureFusionBlock refinenet2;
    private final FeatureFusionBlock refinenet3;
    private final FeatureFusionBlock refinenet4;
    private final Engine engine;

    /** @param suffix suffix of the block names: empty, or {@code _aux} */
    RefineNet(ParameterPath scratch, int features, String suffix) {
        this.engine = scratch.engine();
        this.refinenet1 = new FeatureFusionBlock(scratch.child("refinenet1" + suffix), features, true);
        this.refinenet2 = new FeatureFusionBlock(scratch.child("refinenet2" + suffix), features, true);
        this.refinenet3 = new FeatureFusionBlock(scratch.child("refinenet3" + suffix), features, true);
        this.refinenet4 = new FeatureFusionBlock(scratch.child("refinenet4" + suffix), features, false);
    }

    /**
     * Maps (views, h, w, features), finest first -> (views, 2 h, 2 w, features), where h and w are those of the finest.
     */
    Tensor forward(List<Tensor> pyramid) {
        Tensor l1 = pyramid.get(0);
        Tensor l2 = pyramid.get(1);
        Tensor l3 = pyramid.get(2);
        try (Scope scope = engine.scope()) {
            Tensor x = refinenet4.forward(pyramid.get(3), null, l3.size(1), l3.size(2));
            x = refinenet3.forward(x, l3, l2.size(1), l2.size(2));
            x = refinenet2.forward(x, l2, l1.size(1), l1.size(2));
            return scope.keep(refinenet1.forward(x, l1, 2 * l1.size(1), 2 * l1.size(2)));
        }
    }
}

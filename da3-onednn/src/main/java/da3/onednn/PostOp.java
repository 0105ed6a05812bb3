package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.geometry.check.Check;
import da3.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_post_ops;

/** An operation that a primitive applies to its result before writing it. */
sealed interface PostOp {

    void appendTo(dnnl_post_ops chain);

    /** y = f(y). */
    record Function(int algorithm, float alpha, float beta) implements PostOp {
        @Override
        public void appendTo(dnnl_post_ops chain) {
            Status.check(dnnl_post_ops_append_eltwise(chain, algorithm, alpha, beta), "append an elementwise post-op");
        }
    }

    /** y = y op other, where {@code other} is broadcast along axes of size 1. */
    record Binary(int algorithm, Layout other) implements PostOp {
        @Override
        public void appendTo(dnnl_post_ops chain) {
            dnnl_memory_desc desc = other.open();
            try {
                Status.check(dnnl_post_ops_append_binary(chain, algorithm, desc), "append a post-op with " + other);
            } finally {
                dnnl_memory_desc_destroy(desc);
            }
        }
    }

    /** y = y + the previous contents of the destination. */
    record Sum() implements PostOp {
        @Override
        public void appendTo(dnnl_post_ops chain) {
            Status.check(dnnl_post_ops_append_sum(chain, 1, 0, dnnl_data_type_undef), "append a sum post-op");
        }
    }

    /** y = y other. */
    static PostOp times(Layout other) {
        return new Binary(dnnl_binary_mul, other);
    }

    /** y = y + other. */
    static PostOp plus(Layout other) {
        return new Binary(dnnl_binary_add, other);
    }

    /** y = scale y. */
    static PostOp scale(float scale) {
        return new Function(dnnl_eltwise_linear, scale, 0);
    }

    /**
     * Returns the post-ops that add a residual and apply an activation.
     *
     * @param residual layout of the residual, or null
     */
    static PostOp[] finishing(Layout residual, Activation activation) {
        List<PostOp> postOps = new ArrayList<>();
        if (residual != null) {
            postOps.add(plus(residual));
        }
        if (activation != Activation.NONE) {
            postOps.add(of(activation));
        }
        return postOps.toArray(PostOp[]::new);
    }

    /** Returns the post-op of an activation other than {@code NONE}. */
    static PostOp of(Activation activation) {
        return switch (activation) {
            case NONE -> throw Check.invalid("activation", "a function", activation);
            case RELU -> new Function(dnnl_eltwise_relu, 0, 0);
            case GELU -> new Function(dnnl_eltwise_gelu_erf, 0, 0);
            case EXP -> new Function(dnnl_eltwise_exp, 0, 0);
        };
    }
}

package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.nn.Activation;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_post_ops;

/** What a primitive does to its result before it writes it. */
sealed interface PostOp {

    void appendTo(dnnl_post_ops chain);

    /** y = f(y). */
    record Function(int algorithm, float alpha, float beta) implements PostOp {
        @Override
        public void appendTo(dnnl_post_ops chain) {
            Status.check(dnnl_post_ops_append_eltwise(chain, algorithm, alpha, beta), "a function");
        }
    }

    /** y = y op other, where {@code other} has size 1 along axes that it is repeated on. */
    record Binary(int algorithm, Layout other) implements PostOp {
        @Override
        public void appendTo(dnnl_post_ops chain) {
            dnnl_memory_desc desc = other.open();
            try {
                Status.check(dnnl_post_ops_append_binary(chain, algorithm, desc), "an operation with " + other);
            } finally {
                dnnl_memory_desc_destroy(desc);
            }
        }
    }

    /** y = y + what was where it is written. */
    record Sum() implements PostOp {
        @Override
        public void appendTo(dnnl_post_ops chain) {
            Status.check(dnnl_post_ops_append_sum(chain, 1, 0, dnnl_data_type_undef), "a sum");
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

    /** {@code NONE} has none. */
    static PostOp of(Activation activation) {
        return switch (activation) {
            case NONE -> throw new IllegalArgumentException("NONE is no function");
            case RELU -> new Function(dnnl_eltwise_relu, 0, 0);
            case GELU -> new Function(dnnl_eltwise_gelu_erf, 0, 0);
            case EXP -> new Function(dnnl_eltwise_exp, 0, 0);
        };
    }
}

package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.List;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/** The primitives of the backward pass, cached in {@link Kernels}. oneDNN describes each by its forward primitive. */
final class BackwardKernels {

    private final Kernels kernels;

    BackwardKernels(Kernels kernels) {
        this.kernels = kernels;
    }

    private interface HintedDescription {
        int create(dnnl_primitive_desc hint);
    }

    private static int withForwardHint(HintedDescription forward, HintedDescription backward) {
        dnnl_primitive_desc hint = new dnnl_primitive_desc();
        Status.check(forward.create(hint), "describe a forward primitive");
        try {
            return backward.create(hint);
        } finally {
            dnnl_primitive_desc_destroy(hint);
        }
    }

    /**
     * Zero padding of a feature map: rows above and below, and columns on the right; on the left there is always one.
     */
    record Padding(int top, int bottom, int right) {
        long[] before() {
            return new long[] {top, 1};
        }

        long[] after() {
            return new long[] {bottom, right};
        }
    }

    /**
     * The gradient of a 3x3 convolution with respect to its input. Arguments: gradient of dst, weights, gradient of
     * src.
     */
    Kernel convolutionInput(Layout src, Layout weights, Layout dst, int stride, Padding padding) {
        List<Layout> layouts = Kernels.layouts(src, weights, dst);
        return kernels.cached("convolution, data", layouts, List.of(), key(stride, padding), () -> {
            Kernel.Description description = (desc, engine, attributes) -> Kernels.withDescriptors(
                    layouts,
                    d -> withForwardHint(
                            hint -> convolution(hint, engine, d, stride, padding),
                            hint -> dnnl_convolution_backward_data_primitive_desc_create(
                                    desc,
                                    engine,
                                    dnnl_convolution_direct,
                                    d[0],
                                    d[1],
                                    d[2],
                                    new long[] {stride, stride},
                                    new long[] {0, 0},
                                    padding.before(),
                                    padding.after(),
                                    hint,
                                    attributes)));
            return kernels.build(description, List.of(), DNNL_ARG_DIFF_DST, DNNL_ARG_WEIGHTS, DNNL_ARG_DIFF_SRC);
        });
    }

    /**
     * The gradient of a convolution with respect to its weights. Arguments: src, gradient of dst, gradient of
     * weights.
     *
     * @param weights layout of the weights in the forward pass
     */
    Kernel convolutionWeights(Layout src, Layout weights, Layout gradient, Layout dst, int stride, Padding padding) {
        List<Layout> layouts = Kernels.layouts(src, weights, dst, gradient);
        return kernels.cached("convolution, weights", layouts, List.of(), key(stride, padding), () -> {
            Kernel.Description description = (desc, engine, attributes) -> Kernels.withDescriptors(
                    layouts,
                    d -> withForwardHint(
                            hint -> convolution(hint, engine, d, stride, padding),
                            hint -> dnnl_convolution_backward_weights_primitive_desc_create(
                                    desc,
                                    engine,
                                    dnnl_convolution_direct,
                                    d[0],
                                    d[3],
                                    null,
                                    d[2],
                                    new long[] {stride, stride},
                                    new long[] {0, 0},
                                    padding.before(),
                                    padding.after(),
                                    hint,
                                    attributes)));
            return kernels.build(description, List.of(), DNNL_ARG_SRC, DNNL_ARG_DIFF_DST, DNNL_ARG_DIFF_WEIGHTS);
        });
    }

    private static List<Number> key(int stride, Padding padding) {
        return List.of(stride, padding.top, padding.bottom, padding.right);
    }

    private static int convolution(
            dnnl_primitive_desc desc, dnnl_engine engine, dnnl_memory_desc[] d, int stride, Padding padding) {
        return dnnl_convolution_forward_primitive_desc_create(
                desc,
                engine,
                dnnl_forward_training,
                dnnl_convolution_direct,
                d[0],
                d[1],
                null,
                d[2],
                new long[] {stride, stride},
                new long[] {0, 0},
                padding.before(),
                padding.after(),
                null);
    }

    /**
     * Layer norm over the last axis, without weight and bias, which returns its statistics. Arguments: src, dst, mean,
     * variance.
     */
    Kernel normStatistics(Layout layout, double epsilon) {
        return kernels.cached("norm, statistics", List.of(layout), List.of(), List.of(epsilon), () -> {
            Kernel.Description description = (desc, engine, attributes) -> Kernels.withDescriptors(
                    List.of(layout),
                    d -> dnnl_layer_normalization_forward_primitive_desc_create(
                            desc, engine, dnnl_forward_training, d[0], d[0], null, (float) epsilon, 0, attributes));
            return kernels.build(description, List.of(), DNNL_ARG_SRC, DNNL_ARG_DST, DNNL_ARG_MEAN, DNNL_ARG_VARIANCE);
        });
    }

    /**
     * The gradients of a layer norm. Arguments: src, mean, variance, gradient of dst, weight, gradients of src, weight
     * and bias.
     */
    Kernel norm(Layout layout, double epsilon) {
        int flags = dnnl_use_scale | dnnl_use_shift;
        return kernels.cached("norm, backward", List.of(layout), List.of(), List.of(epsilon), () -> {
            Kernel.Description description = (desc, engine, attributes) -> Kernels.withDescriptors(
                    List.of(layout),
                    d -> withForwardHint(
                            hint -> dnnl_layer_normalization_forward_primitive_desc_create(
                                    hint,
                                    engine,
                                    dnnl_forward_training,
                                    d[0],
                                    d[0],
                                    null,
                                    (float) epsilon,
                                    flags,
                                    null),
                            hint -> dnnl_layer_normalization_backward_primitive_desc_create(
                                    desc,
                                    engine,
                                    dnnl_backward,
                                    d[0],
                                    d[0],
                                    d[0],
                                    null,
                                    (float) epsilon,
                                    flags,
                                    hint,
                                    attributes)));
            return kernels.build(
                    description,
                    List.of(),
                    DNNL_ARG_SRC,
                    DNNL_ARG_MEAN,
                    DNNL_ARG_VARIANCE,
                    DNNL_ARG_DIFF_DST,
                    DNNL_ARG_SCALE,
                    DNNL_ARG_DIFF_SRC,
                    DNNL_ARG_DIFF_SCALE,
                    DNNL_ARG_DIFF_SHIFT);
        });
    }

    /** The gradient of a softmax over the rows of a matrix. Arguments: dst, gradient of dst, gradient of src. */
    Kernel softmax(Layout layout) {
        return kernels.cached("softmax, backward", List.of(layout), List.of(), List.of(), () -> {
            Kernel.Description description = (desc, engine, attributes) -> Kernels.withDescriptors(
                    List.of(layout),
                    d -> withForwardHint(
                            hint -> dnnl_softmax_forward_primitive_desc_create(
                                    hint, engine, dnnl_forward_training, dnnl_softmax_accurate, d[0], d[0], 1, null),
                            hint -> dnnl_softmax_backward_primitive_desc_create(
                                    desc, engine, dnnl_softmax_accurate, d[0], d[0], d[0], 1, hint, attributes)));
            return kernels.build(description, List.of(), DNNL_ARG_DST, DNNL_ARG_DIFF_DST, DNNL_ARG_DIFF_SRC);
        });
    }

    /** The gradient of an elementwise function. Arguments: src, gradient of dst, gradient of src. */
    Kernel function(Layout layout, PostOp.Function function) {
        return kernels.cached("function, backward", List.of(layout), List.of(function), List.of(), () -> {
            Kernel.Description description = (desc, engine, attributes) -> Kernels.withDescriptors(
                    List.of(layout),
                    d -> withForwardHint(
                            hint -> dnnl_eltwise_forward_primitive_desc_create(
                                    hint,
                                    engine,
                                    dnnl_forward_training,
                                    function.algorithm(),
                                    d[0],
                                    d[0],
                                    function.alpha(),
                                    function.beta(),
                                    null),
                            hint -> dnnl_eltwise_backward_primitive_desc_create(
                                    desc,
                                    engine,
                                    function.algorithm(),
                                    d[0],
                                    d[0],
                                    d[0],
                                    function.alpha(),
                                    function.beta(),
                                    hint,
                                    attributes)));
            return kernels.build(description, List.of(), DNNL_ARG_SRC, DNNL_ARG_DIFF_DST, DNNL_ARG_DIFF_SRC);
        });
    }
}

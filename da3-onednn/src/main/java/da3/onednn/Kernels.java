package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.nn.Precision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_memory_desc;

/** A cache of primitives by operation and shapes, which evicts the least recently used first. */
final class Kernels {

    /** Several times as many as one image size needs; each takes less than 100 KB. */
    static final int MAX_KEPT = 2048;

    private final Scratchpads scratchpads;
    private final int maxKept;
    private final dnnl_engine engine = new dnnl_engine();
    private final Map<Key, Kernel> kernels = new LinkedHashMap<>(256, 0.75f, true);
    private final Map<List<Object>, Layout> packed = new HashMap<>();
    private final BackwardKernels backward = new BackwardKernels(this);

    /** {@code parameters} distinguish kernels of one kind with equal layouts. */
    private record Key(String kind, List<Layout> layouts, List<PostOp> postOps, List<Number> parameters) {}

    /** @param maxKept maximum number of primitives kept between operations */
    Kernels(int workers, int maxKept) {
        this.maxKept = maxKept;
        this.scratchpads = new Scratchpads(workers);
        Status.check(dnnl_engine_create(engine, dnnl_cpu, 0), "create a CPU engine");
    }

    /**
     * A matrix product, dst = src weights + bias. Arguments: src, weights, bias unless null, dst.
     *
     * @param bias (1, columns), or null
     */
    Kernel matmul(Layout src, Layout weights, Layout bias, Layout dst, PostOp... postOps) {
        List<Layout> layouts = layouts(src, weights, dst, bias);
        return cached("matmul", layouts, List.of(postOps), List.of(), () -> {
            Kernel.Description description = (desc, engine, attributes) -> withDescriptors(
                    layouts,
                    d -> dnnl_matmul_primitive_desc_create(
                            desc, engine, d[0], d[1], bias == null ? null : d[3], d[2], attributes));
            return build(description, List.of(postOps), productArguments(bias));
        });
    }

    /**
     * A convolution of (1, in, rows, columns) with kernels that are three columns wide. Arguments: src, weights, bias
     * unless null, dst.
     *
     * @param top rows of zeros before the first row
     * @param bottom rows of zeros after the last row
     * @param right columns of zeros after the last column; before the first there is always one
     */
    Kernel convolution(
            Layout src,
            Layout weights,
            Layout bias,
            Layout dst,
            int stride,
            int top,
            int bottom,
            int right,
            PostOp... postOps) {
        List<Layout> layouts = layouts(src, weights, dst, bias);
        List<Number> parameters = List.of(stride, top, bottom, right);
        return cached("convolution", layouts, List.of(postOps), parameters, () -> {
            Kernel.Description description = (desc, engine, attributes) -> withDescriptors(
                    layouts,
                    d -> dnnl_convolution_forward_primitive_desc_create(
                            desc,
                            engine,
                            dnnl_forward_inference,
                            dnnl_convolution_direct,
                            d[0],
                            d[1],
                            bias == null ? null : d[3],
                            d[2],
                            new long[] {stride, stride},
                            new long[] {0, 0},
                            new long[] {top, 1},
                            new long[] {bottom, right},
                            attributes));
            return build(description, List.of(postOps), productArguments(bias));
        });
    }

    /** Returns the primitives of the backward pass. */
    BackwardKernels backward() {
        return backward;
    }

    /** Layer norm over the last axis. Arguments: src, dst, weight, bias. */
    Kernel norm(Layout src, Layout dst, double epsilon) {
        List<Layout> layouts = layouts(src, dst);
        return cached("norm", layouts, List.of(), List.of(epsilon), () -> {
            Kernel.Description description = (desc, engine, attributes) -> withDescriptors(
                    layouts,
                    d -> dnnl_layer_normalization_forward_primitive_desc_create(
                            desc,
                            engine,
                            dnnl_forward_inference,
                            d[0],
                            d[1],
                            null,
                            (float) epsilon,
                            dnnl_use_scale | dnnl_use_shift,
                            attributes));
            return build(description, List.of(), DNNL_ARG_SRC, DNNL_ARG_DST, DNNL_ARG_SCALE, DNNL_ARG_SHIFT);
        });
    }

    /** Softmax over the rows of a matrix. Arguments: src, dst. */
    Kernel softmax(Layout src, Layout dst) {
        List<Layout> layouts = layouts(src, dst);
        return cached("softmax", layouts, List.of(), List.of(), () -> {
            Kernel.Description description = (desc, engine, attributes) -> withDescriptors(
                    layouts,
                    d -> dnnl_softmax_forward_primitive_desc_create(
                            desc, engine, dnnl_forward_inference, dnnl_softmax_accurate, d[0], d[1], 1, attributes));
            return build(description, List.of(), DNNL_ARG_SRC, DNNL_ARG_DST);
        });
    }

    /** An elementwise function. Arguments: src, dst. */
    Kernel function(Layout layout, PostOp.Function function) {
        return cached("function", List.of(layout), List.of(function), List.of(), () -> {
            Kernel.Description description = (desc, engine, attributes) -> withDescriptors(
                    List.of(layout),
                    d -> dnnl_eltwise_forward_primitive_desc_create(
                            desc,
                            engine,
                            dnnl_forward_inference,
                            function.algorithm(),
                            d[0],
                            d[0],
                            function.alpha(),
                            function.beta(),
                            attributes));
            return build(description, List.of(), DNNL_ARG_SRC, DNNL_ARG_DST);
        });
    }

    /** An elementwise operation, dst = a op b. Arguments: a, b, dst. */
    Kernel binary(int algorithm, Layout a, Layout b, Layout dst, PostOp... postOps) {
        List<Layout> layouts = layouts(a, b, dst);
        return cached("binary", layouts, List.of(postOps), List.of(algorithm), () -> {
            Kernel.Description description = (desc, engine, attributes) -> withDescriptors(
                    layouts,
                    d -> dnnl_binary_primitive_desc_create(desc, engine, algorithm, d[0], d[1], d[2], attributes));
            return build(description, List.of(postOps), DNNL_ARG_SRC_0, DNNL_ARG_SRC_1, DNNL_ARG_DST);
        });
    }

    /** The largest or smallest value of every row, (rows, columns) -> (rows, 1). Arguments: src, dst. */
    Kernel rowExtremum(int algorithm, Layout src, Layout dst) {
        List<Layout> layouts = layouts(src, dst);
        return cached("extremum", layouts, List.of(), List.of(algorithm), () -> {
            Kernel.Description description = (desc, engine, attributes) -> withDescriptors(
                    layouts,
                    d -> dnnl_reduction_primitive_desc_create(desc, engine, algorithm, d[0], d[1], 0, 0, attributes));
            return build(description, List.of(), DNNL_ARG_SRC, DNNL_ARG_DST);
        });
    }

    /** A copy from one layout to another. Arguments: src, dst. */
    Kernel reorder(Layout src, Layout dst) {
        List<Layout> layouts = layouts(src, dst);
        return cached("reorder", layouts, List.of(), List.of(), () -> {
            Kernel.Description description = (desc, engine, attributes) -> withDescriptors(
                    layouts, d -> dnnl_reorder_primitive_desc_create(desc, d[0], engine, d[1], engine, attributes));
            return build(description, List.of(), DNNL_ARG_FROM, DNNL_ARG_TO);
        });
    }

    /** Returns the layout of an (in, out) matrix that is fastest as the right factor of a product with many rows. */
    Layout packedMatrix(long in, long out, Precision precision) {
        return packed.computeIfAbsent(List.of(in, out, precision), k -> {
            Layout rows = Layout.dense(128, in).withPrecision(precision);
            Layout matrix = Layout.any(in, out).withPrecision(precision);
            return matmul(rows, matrix, null, Layout.dense(128, out)).weights(in, out);
        });
    }

    /**
     * Returns the layout of an (in, out) matrix of integers that is fastest as the right factor of a product with many
     * rows. It has two more axes of size 1; see {@link QuantizedLinear}.
     */
    Layout packedInt8Matrix(long in, long out) {
        return packed.computeIfAbsent(List.of(in, out, Precision.INT8), k -> {
            Layout rows = Layout.dense(1, 1, 128, in).withPrecision(Precision.INT8);
            Layout matrix = Layout.any(1, 1, in, out).withPrecision(Precision.INT8);
            return matmul(rows, matrix, null, Layout.dense(1, 1, 128, out)).weights(1, 1, in, out);
        });
    }

    private static int[] productArguments(Layout bias) {
        return bias == null
                ? new int[] {DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DST}
                : new int[] {DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_BIAS, DNNL_ARG_DST};
    }

    Kernel build(Kernel.Description description, List<PostOp> postOps, int... arguments) {
        return new Kernel(engine, scratchpads, description, postOps, arguments);
    }

    /** Returns a cached kernel, or builds and caches it. */
    Kernel cached(
            String kind, List<Layout> layouts, List<PostOp> postOps, List<Number> parameters, Supplier<Kernel> build) {
        Key key = new Key(kind, layouts, postOps, parameters);
        Kernel kernel = kernels.get(key);
        if (kernel == null) {
            kernel = build.get();
            kernels.put(key, kernel);
        }
        return kernel;
    }

    int count() {
        return kernels.size();
    }

    /** Returns the names of all implementations in use, for instance {@code brg_matmul:avx512_core}. */
    Set<String> implementations() {
        return kernels.values().stream().map(Kernel::implementation).collect(Collectors.toSet());
    }

    /** Evicts the least recently used kernels. Called between operations, since one operation may use several. */
    void trim() {
        Iterator<Kernel> eldest = kernels.values().iterator();
        while (kernels.size() > maxKept) {
            eldest.next().release();
            eldest.remove();
        }
    }

    static List<Layout> layouts(Layout... layouts) {
        List<Layout> present = new ArrayList<>();
        for (Layout layout : layouts) {
            if (layout != null) {
                present.add(layout);
            }
        }
        return present;
    }

    interface OnDescriptors {
        int apply(dnnl_memory_desc[] descs);
    }

    /** Passes descriptors of layouts to a function and destroys them afterwards. */
    static int withDescriptors(List<Layout> layouts, OnDescriptors use) {
        dnnl_memory_desc[] descs = layouts.stream().map(Layout::open).toArray(dnnl_memory_desc[]::new);
        try {
            return use.apply(descs);
        } finally {
            for (dnnl_memory_desc desc : descs) {
                dnnl_memory_desc_destroy(desc);
            }
        }
    }

    void release() {
        kernels.values().forEach(Kernel::release);
        kernels.clear();
        scratchpads.release();
        dnnl_engine_destroy(engine);
    }
}

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

/** The primitives in use, by what they do and on which shapes; the least recently used go first. */
final class Kernels {

    /** Primitives kept: several times what one image size takes, at less than 100 KB each. */
    static final int KEPT = 2048;

    private final Scratchpads working;
    private final int kept;
    private final dnnl_engine engine = new dnnl_engine();
    private final Map<Key, Kernel> kernels = new LinkedHashMap<>(256, 0.75f, true);
    private final Map<List<Object>, Layout> packed = new HashMap<>();
    private final BackwardKernels backward = new BackwardKernels(this);

    /** {@code parameters} tell kernels of one kind on the same layouts apart. */
    private record Key(String kind, List<Layout> layouts, List<PostOp> postOps, List<Number> parameters) {}

    /** @param kept how many primitives are held between operations */
    Kernels(int workers, int kept) {
        this.kept = kept;
        this.working = new Scratchpads(workers);
        Status.check(dnnl_engine_create(engine, dnnl_cpu, 0), "a CPU engine");
    }

    /**
     * dst = src weights + bias. Arguments: src, weights, bias unless null, dst.
     *
     * @param bias (1, columns), or null
     */
    Kernel matmul(Layout src, Layout weights, Layout bias, Layout dst, PostOp... postOps) {
        List<Layout> layouts = layouts(src, weights, dst, bias);
        return kernel("matmul", layouts, List.of(postOps), List.of(), () -> {
            Kernel.Description description = (desc, engine, attributes) -> with(
                    layouts,
                    d -> dnnl_matmul_primitive_desc_create(
                            desc, engine, d[0], d[1], bias == null ? null : d[3], d[2], attributes));
            return build(description, List.of(postOps), factors(bias));
        });
    }

    /**
     * 3x3 convolution of (1, in, rows, columns). Arguments: src, weights, bias unless null, dst.
     *
     * @param top rows of zeros before the first row
     * @param bottom rows of zeros after the last
     * @param right columns of zeros after the last; before the first there is one
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
        return kernel("convolution", layouts, List.of(postOps), List.of(stride, top, bottom, right), () -> {
            Kernel.Description description = (desc, engine, attributes) -> with(
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
            return build(description, List.of(postOps), factors(bias));
        });
    }

    /** Those of the backward pass. */
    BackwardKernels backward() {
        return backward;
    }

    /** Layer norm over the last axis. Arguments: src, dst, weight, bias. */
    Kernel norm(Layout src, Layout dst, double epsilon) {
        List<Layout> layouts = layouts(src, dst);
        return kernel("norm", layouts, List.of(), List.of(epsilon), () -> {
            Kernel.Description description = (desc, engine, attributes) -> with(
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

    /** Over the rows of a matrix. Arguments: src, dst. */
    Kernel softmax(Layout src, Layout dst) {
        List<Layout> layouts = layouts(src, dst);
        return kernel("softmax", layouts, List.of(), List.of(), () -> {
            Kernel.Description description = (desc, engine, attributes) -> with(
                    layouts,
                    d -> dnnl_softmax_forward_primitive_desc_create(
                            desc, engine, dnnl_forward_inference, dnnl_softmax_accurate, d[0], d[1], 1, attributes));
            return build(description, List.of(), DNNL_ARG_SRC, DNNL_ARG_DST);
        });
    }

    /** Value by value. Arguments: src, dst. */
    Kernel function(Layout layout, PostOp.Function function) {
        return kernel("function", List.of(layout), List.of(function), List.of(), () -> {
            Kernel.Description description = (desc, engine, attributes) -> with(
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

    /** dst = a op b. Arguments: a, b, dst. */
    Kernel binary(int algorithm, Layout a, Layout b, Layout dst, PostOp... postOps) {
        List<Layout> layouts = layouts(a, b, dst);
        return kernel("binary", layouts, List.of(postOps), List.of(algorithm), () -> {
            Kernel.Description description = (desc, engine, attributes) -> with(
                    layouts,
                    d -> dnnl_binary_primitive_desc_create(desc, engine, algorithm, d[0], d[1], d[2], attributes));
            return build(description, List.of(postOps), DNNL_ARG_SRC_0, DNNL_ARG_SRC_1, DNNL_ARG_DST);
        });
    }

    /** Copies from one layout to another. Arguments: src, dst. */
    Kernel reorder(Layout src, Layout dst) {
        List<Layout> layouts = layouts(src, dst);
        return kernel("reorder", layouts, List.of(), List.of(), () -> {
            Kernel.Description description = (desc, engine, attributes) -> with(
                    layouts, d -> dnnl_reorder_primitive_desc_create(desc, d[0], engine, d[1], engine, attributes));
            return build(description, List.of(), DNNL_ARG_FROM, DNNL_ARG_TO);
        });
    }

    /** The layout of an (in, out) matrix that products of many rows with it like best. */
    Layout packedMatrix(long in, long out, Precision precision) {
        return packed.computeIfAbsent(List.of(in, out, precision), k -> {
            Layout rows = Layout.dense(128, in).in(precision);
            Layout matrix = Layout.any(in, out).in(precision);
            return matmul(rows, matrix, null, Layout.dense(128, out)).weights(in, out);
        });
    }

    private static int[] factors(Layout bias) {
        return bias == null
                ? new int[] {DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DST}
                : new int[] {DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_BIAS, DNNL_ARG_DST};
    }

    Kernel build(Kernel.Description description, List<PostOp> postOps, int... arguments) {
        return new Kernel(engine, working, description, postOps, arguments);
    }

    /** The kept kernel of this description, or else the one that {@code build} makes. */
    Kernel kernel(
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

    /** What oneDNN runs, for instance {@code brg_matmul:avx512_core}. */
    Set<String> implementations() {
        return kernels.values().stream().map(Kernel::implementation).collect(Collectors.toSet());
    }

    /** Releases the least recently used kernels beyond those kept; between operations, as one may use several. */
    void trim() {
        Iterator<Kernel> eldest = kernels.values().iterator();
        while (kernels.size() > kept) {
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

    /** Opens descriptors of layouts for one use. */
    static int with(List<Layout> layouts, OnDescriptors use) {
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
        working.release();
        dnnl_engine_destroy(engine);
    }
}

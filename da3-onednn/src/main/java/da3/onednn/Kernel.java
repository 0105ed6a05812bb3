package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/** A oneDNN primitive for one shape, which all workers may run concurrently. */
final class Kernel {

    /** Creates a primitive descriptor and returns the status of oneDNN. */
    interface Description {
        int create(dnnl_primitive_desc desc, dnnl_engine engine, dnnl_primitive_attr attributes);
    }

    private final dnnl_engine engine;
    private final Scratchpads scratchpads;
    private final long scratchpadFloats;
    private final dnnl_primitive_desc desc = new dnnl_primitive_desc();
    private final dnnl_primitive primitive = new dnnl_primitive();
    private final int[] arguments;
    private final Worker[] workers;
    private final Map<Integer, Layout> layouts = new HashMap<>(); // of arguments whose layout oneDNN chose

    /** The stream and arguments of one worker. */
    private static final class Worker {
        final dnnl_stream stream = new dnnl_stream();
        final dnnl_memory[] memories;
        final dnnl_exec_arg_t passed;
        final NativeAddress address = new NativeAddress(0);

        Worker(int arguments) {
            this.memories = new dnnl_memory[arguments];
            this.passed = new dnnl_exec_arg_t(arguments);
        }
    }

    /**
     * @param scratchpads shared by all kernels, since a worker runs one kernel at a time
     * @param arguments oneDNN argument indices of the addresses passed to {@link #run}, without those of the post-ops
     */
    Kernel(
            dnnl_engine engine,
            Scratchpads scratchpads,
            Description description,
            List<PostOp> postOps,
            int... arguments) {
        this.engine = engine;
        this.scratchpads = scratchpads;
        this.workers = new Worker[scratchpads.workers()];
        this.arguments = withPostOps(arguments, postOps);
        dnnl_primitive_attr attributes = new dnnl_primitive_attr();
        dnnl_post_ops chain = new dnnl_post_ops();
        Status.check(dnnl_primitive_attr_create(attributes), "create attributes");
        Status.check(dnnl_post_ops_create(chain), "create post-ops");
        try {
            postOps.forEach(op -> op.appendTo(chain));
            Status.check(dnnl_primitive_attr_set_post_ops(attributes, chain), "set post-ops");
            dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user);
            Status.check(description.create(desc, engine, attributes), "create a primitive descriptor");
        } finally {
            dnnl_post_ops_destroy(chain);
            dnnl_primitive_attr_destroy(attributes);
        }
        Status.check(dnnl_primitive_create(primitive, desc), "create a primitive");
        dnnl_memory_desc scratchpad = dnnl_primitive_desc_query_md(desc, dnnl_query_scratchpad_md, 0);
        this.scratchpadFloats = scratchpad == null ? 0 : (dnnl_memory_desc_get_size(scratchpad) + 3) / 4;
    }

    private static int[] withPostOps(int[] arguments, List<PostOp> postOps) {
        int[] all = Arrays.copyOf(arguments, arguments.length + postOps.size());
        int n = arguments.length;
        for (int i = 0; i < postOps.size(); i++) {
            if (postOps.get(i) instanceof PostOp.Binary) {
                all[n++] = DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (i + 1) | DNNL_ARG_SRC_1;
            }
        }
        return Arrays.copyOf(all, n);
    }

    /** Returns the layout that oneDNN chose for weights of these sizes. */
    Layout weights(long... sizes) {
        return layout(DNNL_ARG_WEIGHTS, sizes);
    }

    /** Returns the layout that oneDNN chose for the gradient of weights of these sizes. */
    Layout weightGradient(long... sizes) {
        return layout(DNNL_ARG_DIFF_WEIGHTS, sizes);
    }

    private Layout layout(int argument, long... sizes) {
        return layouts.computeIfAbsent(
                argument, a -> Layout.of(dnnl_primitive_desc_query_md(desc, dnnl_query_exec_arg_md, a), sizes));
    }

    /** @param addresses addresses of the arguments, then of the operands of post-ops; 0 for absent ones */
    void run(int worker, long... addresses) {
        Worker own = workers[worker];
        if (own == null) {
            own = prepare();
            workers[worker] = own;
        }
        int i = 0;
        for (long address : addresses) {
            if (address != 0) {
                dnnl_memory_set_data_handle(own.memories[i++], own.address.set(address));
            }
        }
        if (scratchpadFloats > 0) {
            dnnl_memory_set_data_handle(
                    own.memories[i], own.address.set(scratchpads.address(worker, scratchpadFloats)));
        }
        Status.check(dnnl_primitive_execute(primitive, own.stream, own.memories.length, own.passed), "run a primitive");
    }

    private Worker prepare() {
        Worker worker = new Worker(arguments.length + (scratchpadFloats > 0 ? 1 : 0));
        Status.check(dnnl_stream_create(worker.stream, engine, dnnl_stream_default_flags), "create a stream");
        for (int i = 0; i < arguments.length; i++) {
            pass(worker, i, arguments[i], dnnl_primitive_desc_query_md(desc, dnnl_query_exec_arg_md, arguments[i]));
        }
        if (scratchpadFloats > 0) {
            dnnl_memory_desc scratchpad = dnnl_primitive_desc_query_md(desc, dnnl_query_scratchpad_md, 0);
            pass(worker, arguments.length, DNNL_ARG_SCRATCHPAD, scratchpad);
        }
        return worker;
    }

    private void pass(Worker worker, int i, int argument, dnnl_memory_desc layout) {
        dnnl_memory memory = new dnnl_memory();
        Status.check(dnnl_memory_create(memory, layout, engine, new NativeAddress(0)), "create a memory object");
        worker.memories[i] = memory;
        worker.passed.getPointer(i).arg(argument).memory(memory);
    }

    /** Returns the name of the implementation that oneDNN chose, for instance {@code brg_matmul:avx512_core}. */
    String implementation() {
        try (PointerPointer<BytePointer> name = new PointerPointer<>(1)) {
            Status.check(
                    dnnl_primitive_desc_query(desc, dnnl_query_impl_info_str, 0, name),
                    "query the name of an implementation");
            return new BytePointer(name.get(0)).getString();
        }
    }

    /** Releases the primitive, which no worker may be running. */
    void release() {
        for (Worker worker : workers) {
            if (worker != null) {
                for (dnnl_memory memory : worker.memories) {
                    dnnl_memory_destroy(memory);
                }
                worker.passed.close();
                dnnl_stream_destroy(worker.stream);
            }
        }
        dnnl_primitive_destroy(primitive);
        dnnl_primitive_desc_destroy(desc);
    }
}

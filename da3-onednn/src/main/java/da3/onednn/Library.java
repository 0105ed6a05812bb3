package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import da3.nn.Precision;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencl.User_func_Pointer;

/** The native library, loaded once per process. */
final class Library {

    private Library() {}

    /**
     * Loads oneDNN.
     *
     * @throws IllegalStateException if it cannot be loaded or the processor lacks AVX2; the message says what is
     *     missing
     */
    static void load() {
        // by default JavaCPP limits native memory to the size of the Java heap
        for (String limit : new String[] {"org.bytedeco.javacpp.maxbytes", "org.bytedeco.javacpp.maxphysicalbytes"}) {
            if (System.getProperty(limit) == null) {
                System.setProperty(limit, "0");
            }
        }
        try {
            Loader.load(dnnl.class);
        } catch (NoClassDefFoundError | UnsatisfiedLinkError e) {
            throw new IllegalStateException(
                    "oneDNN could not be loaded: " + e.getMessage()
                            + ". Add da3-cpu, or the natives of dnnl and opencl for this platform, to the class path",
                    e);
        }
        if ((dnnl_get_effective_cpu_isa() & dnnl_cpu_isa_avx2) != dnnl_cpu_isa_avx2) {
            throw new IllegalStateException("the onednn engine needs an x86-64 processor with AVX2, this one has "
                    + instructionSet() + ": use --engine nd4j");
        }
    }

    /** Returns whether the processor has instructions for bfloat16. */
    static boolean hasBfloat16() {
        return has(dnnl_get_effective_cpu_isa(), dnnl_cpu_isa_avx512_core_bf16);
    }

    /** Returns whether the processor has matrix instructions for bfloat16 and 8-bit integers. */
    static boolean hasAmx() {
        return has(dnnl_get_effective_cpu_isa(), dnnl_cpu_isa_avx512_core_amx);
    }

    /** Returns whether the processor has instructions for products in a precision. */
    static boolean supports(Precision precision) {
        int isa = dnnl_get_effective_cpu_isa();
        return switch (precision) {
            case FLOAT32 -> true;
            case BFLOAT16 -> hasBfloat16();
            case INT8 -> has(isa, dnnl_cpu_isa_avx512_core_vnni) || has(isa, dnnl_cpu_isa_avx2_vnni);
        };
    }

    /**
     * Returns the widest instruction set that oneDNN uses on this machine, for instance {@code AVX-512 with bfloat16}.
     */
    static String instructionSet() {
        int isa = dnnl_get_effective_cpu_isa();
        if (hasAmx()) {
            return "AVX-512 with AMX";
        }
        if (has(isa, dnnl_cpu_isa_avx512_core_bf16)) {
            return "AVX-512 with bfloat16";
        }
        if (has(isa, dnnl_cpu_isa_avx512_core)) {
            return "AVX-512";
        }
        if (has(isa, dnnl_cpu_isa_avx2)) {
            return "AVX2";
        }
        return "less than AVX2";
    }

    private static boolean has(int isa, int required) {
        return (isa & required) == required;
    }

    /** Returns the version of oneDNN, for instance {@code 3.11.0}. */
    static String version() {
        dnnl_version_t version = dnnl_version();
        return version.major() + "." + version.minor() + "." + version.patch();
    }

    /**
     * Limits oneDNN to the calling thread for all calls from it.
     *
     * <p>This calls {@code omp_set_num_threads(1)} of OpenMP, which no JavaCPP preset declares. JavaCPP can call any C
     * function with a single word-sized argument through a function pointer type of that signature; the OpenCL preset,
     * a dependency of the oneDNN preset, has one.
     */
    static void limitToCallingThread() {
        Pointer function = Loader.addressof("omp_set_num_threads");
        if (function == null) {
            throw new IllegalStateException("the OpenMP library that oneDNN runs on has no omp_set_num_threads");
        }
        try (LongPointer cell =
                new LongPointer(function.address(), 0)) { // the function pointer, and its owner as JavaCPP stores it
            new OneWord(cell).call(new NativeAddress(1));
        }
    }

    /** {@code void f(word)}. */
    private static final class OneWord extends User_func_Pointer {
        OneWord(Pointer cell) {
            super(cell);
        }
    }
}

package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencl.User_func_Pointer;

/** The native library, loaded once a process. */
final class Library {

    private Library() {}

    /**
     * Loads oneDNN.
     *
     * @throws IllegalStateException if it does not load or the processor lacks AVX2; the message says what is missing
     */
    static void start() {
        // JavaCPP would refuse memory beyond the size of the Java heap, which says nothing about ours
        for (String limit : new String[] {"org.bytedeco.javacpp.maxbytes", "org.bytedeco.javacpp.maxphysicalbytes"}) {
            if (System.getProperty(limit) == null) {
                System.setProperty(limit, "0");
            }
        }
        try {
            Loader.load(dnnl.class);
        } catch (NoClassDefFoundError | UnsatisfiedLinkError e) {
            throw new IllegalStateException(
                    "oneDNN did not start: " + e.getMessage()
                            + ". Add da3-cpu, or the natives of dnnl and opencl for this platform, to the class path",
                    e);
        }
        if ((dnnl_get_effective_cpu_isa() & dnnl_cpu_isa_avx2) != dnnl_cpu_isa_avx2) {
            throw new IllegalStateException("the onednn engine needs an x86-64 processor with AVX2; this one has "
                    + instructionSet() + ": use --engine nd4j");
        }
    }

    /** Whether products of bfloat16 are faster here than those of float32. */
    static boolean hasBfloat16() {
        return has(dnnl_get_effective_cpu_isa(), dnnl_cpu_isa_avx512_core_bf16);
    }

    /** The widest instructions that oneDNN uses here, for instance {@code AVX-512 with bfloat16}. */
    static String instructionSet() {
        int isa = dnnl_get_effective_cpu_isa();
        if (has(isa, dnnl_cpu_isa_avx512_core_amx)) {
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

    private static boolean has(int isa, int wanted) {
        return (isa & wanted) == wanted;
    }

    /** oneDNN's version, for instance {@code 3.11.0}. */
    static String version() {
        dnnl_version_t version = dnnl_version();
        return version.major() + "." + version.minor() + "." + version.patch();
    }

    /**
     * Makes oneDNN compute on the calling thread alone whenever this thread calls it.
     *
     * <p>That is OpenMP's {@code omp_set_num_threads(1)}, which no preset declares. JavaCPP can call any C function of
     * one word through a function pointer type that takes one; OpenCL's preset, on which that of oneDNN rests, has one.
     */
    static void computeOnThisThreadAlone() {
        Pointer function = Loader.addressof("omp_set_num_threads");
        if (function == null) {
            throw new IllegalStateException("the OpenMP library that oneDNN runs on has no omp_set_num_threads");
        }
        try (LongPointer cell = new LongPointer(function.address(), 0)) { // the pointer, and JavaCPP's owner of it
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

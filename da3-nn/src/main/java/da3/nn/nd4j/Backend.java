package da3.nn.nd4j;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Starts ND4J. The settings affect the whole process: memory limits of JavaCPP are lifted unless the user has set them,
 * and periodic garbage collections of ND4J are disabled.
 */
final class Backend {

    private Backend() {}

    /**
     * Starts ND4J with a number of threads.
     *
     * @throws IllegalStateException if no ND4J backend is on the class path, its natives cannot be loaded, or the CUDA
     *     backend finds no supported GPU
     */
    static boolean start(int threads) {
        // by default JavaCPP limits native memory to the size of the Java heap
        for (String limit : new String[] {"org.bytedeco.javacpp.maxbytes", "org.bytedeco.javacpp.maxphysicalbytes"}) {
            if (System.getProperty(limit) == null) {
                System.setProperty(limit, "0");
            }
        }
        if (System.getProperty("org.nd4j.log.initialization") == null) {
            System.setProperty("org.nd4j.log.initialization", "false");
        }
        boolean cuda = isOnClassPath("org.nd4j.linalg.jcublas.JCublasBackend");
        if (cuda) {
            CudaGpus.requireSupported(CudaRuntime::ofBindings);
        }
        try {
            Nd4j.getMemoryManager().togglePeriodicGc(false);
            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
            Nd4j.factory().blas().setMaxThreads(threads);
        } catch (ExceptionInInitializerError | NoClassDefFoundError | UnsatisfiedLinkError e) {
            throw notStarted(e, cuda);
        }
        return true;
    }

    static IllegalStateException notStarted(LinkageError e, boolean cuda) {
        String required = cuda
                ? CudaGpus.REQUIRED
                : ". Add da3-cpu, or an nd4j backend and its natives for this platform, to the class path";
        return new IllegalStateException("ND4J could not be started: " + RootCause.of(e) + required, e);
    }

    /** Returns whether arrays are in host memory. */
    static boolean isOnHost() {
        return name().equals("CpuBackend");
    }

    /** Returns the class name of the backend, for instance {@code CpuBackend}. */
    static String name() {
        return Nd4j.getBackend().getClass().getSimpleName();
    }

    private static boolean isOnClassPath(String backend) {
        try {
            Class.forName(backend, false, Backend.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            return false;
        }
    }
}

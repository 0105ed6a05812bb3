package da3.nn.nd4j;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Brings ND4J up for an engine. What it sets holds for the whole process: JavaCPP's limits are lifted unless the user
 * set them, and ND4J's periodic garbage collections are off.
 */
final class Backend {

    private Backend() {}

    /**
     * @return whether ND4J is up; it throws otherwise
     * @throws IllegalStateException if no ND4J backend is on the class path or its natives do not load, or if it is
     *     the CUDA backend and a GPU is missing or not served
     */
    static boolean start(int threads) {
        // JavaCPP would refuse memory beyond the size of the Java heap, which says nothing about ours
        for (String limit : new String[] {"org.bytedeco.javacpp.maxbytes", "org.bytedeco.javacpp.maxphysicalbytes"}) {
            if (System.getProperty(limit) == null) {
                System.setProperty(limit, "0");
            }
        }
        if (System.getProperty("org.nd4j.log.initialization") == null) {
            System.setProperty("org.nd4j.log.initialization", "false");
        }
        if (isOnClassPath("org.nd4j.linalg.jcublas.JCublasBackend")) {
            CudaGpus.requireServed(CudaRuntime::ofBindings);
        }
        try {
            Nd4j.getMemoryManager().togglePeriodicGc(false);
            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
            Nd4j.factory().blas().setMaxThreads(threads);
        } catch (ExceptionInInitializerError | NoClassDefFoundError | UnsatisfiedLinkError e) {
            throw new IllegalStateException(
                    "ND4J did not start: " + RootCause.of(e)
                            + ". Add da3-cpu, or an nd4j backend and its natives for this platform, to the class path",
                    e);
        }
        return true;
    }

    /** Whether arrays live in the memory that Java sees. */
    static boolean isOnHost() {
        return name().equals("CpuBackend");
    }

    /** The backend's class, for instance {@code CpuBackend}. */
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

package da3.nn.nd4j;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Checks whether the GPUs of this machine can run the kernels of nd4j-cuda-11.6. ND4J itself prints a stack trace if
 * there is no driver, and fails in its first kernel on newer GPUs.
 */
final class CudaGpus {

    // libnd4jcuda.so has kernels for 3.7, 5.0, 5.2, 6.0, 6.1, 7.0, 7.5, 8.0 and 8.6, which run on later minor versions;
    // it has no PTX, from which a driver could compile them for later major versions
    private static final int OLDEST = 37;
    private static final int NEWEST = 89;
    static final String REQUIRED =
            ". The nd4j engine on CUDA needs an NVIDIA GPU of compute capability 3.7 to 8.6 (to 8.9 by binary"
                    + " compatibility, untested) with CUDA 11.6 and a driver for it; da3-cpu instead of da3-cuda needs no"
                    + " GPU";

    private CudaGpus() {}

    /**
     * Requires that all visible GPUs can run the kernels.
     *
     * @throws IllegalStateException if there is no GPU, CUDA cannot be loaded, or a GPU is older or newer than the
     *     kernels
     */
    static void requireSupported(CudaRuntime cuda) {
        int[] capabilities;
        try {
            capabilities = cuda.capabilities();
        } catch (IllegalStateException e) {
            throw new IllegalStateException("CUDA could not be started: " + e.getMessage() + REQUIRED, e);
        } catch (LinkageError | ReflectiveOperationException e) {
            throw new IllegalStateException("CUDA could not be started: " + RootCause.of(e) + REQUIRED, e);
        }
        if (capabilities.length == 0) {
            throw new IllegalStateException("CUDA finds no GPU" + REQUIRED);
        }
        int[] unsupported = Arrays.stream(capabilities)
                .filter(capability -> capability < OLDEST || capability > NEWEST)
                .toArray();
        if (unsupported.length > 0) {
            String hint = unsupported.length < capabilities.length ? "; CUDA_VISIBLE_DEVICES can exclude a GPU" : "";
            throw new IllegalStateException("the kernels of ND4J do not run on a GPU of compute capability "
                    + list(unsupported) + REQUIRED + hint);
        }
    }

    private static String list(int[] capabilities) {
        return Arrays.stream(capabilities)
                .mapToObj(capability -> String.format(Locale.ROOT, "%d.%d", capability / 10, capability % 10))
                .distinct()
                .collect(Collectors.joining(", "));
    }
}

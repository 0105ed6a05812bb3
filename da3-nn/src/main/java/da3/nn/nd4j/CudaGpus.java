package da3.nn.nd4j;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Whether this machine's GPUs can run the kernels of nd4j-cuda-11.6. ND4J itself would print a stack trace where there
 * is no driver, and fail inside its first kernel on a GPU newer than its kernels.
 */
final class CudaGpus {

    // The kernels come as machine code for 3.7, 5.0, 5.2, 6.0, 6.1, 7.0, 7.5, 8.0 and 8.6, which runs on later minors
    private static final int OLDEST = 37;
    private static final int NEWEST = 89;
    private static final String LEGAL =
            "; legal: an NVIDIA GPU of compute capability 3.7 to 8.6 (to 8.9 by binary compatibility, untested) with "
                    + "CUDA 11.6 and a driver for it; da3-cpu in place of da3-cuda needs no GPU";

    private CudaGpus() {}

    /**
     * @throws IllegalStateException if there is none, CUDA does not load, or one that CUDA shows is older or newer than
     *     the kernels
     */
    static void requireServed(CudaRuntime cuda) {
        int[] capabilities;
        try {
            capabilities = cuda.capabilities();
        } catch (LinkageError | ReflectiveOperationException | IllegalStateException e) {
            throw new IllegalStateException("CUDA did not start: " + RootCause.of(e) + LEGAL, e);
        }
        if (capabilities.length == 0) {
            throw new IllegalStateException("CUDA finds no GPU" + LEGAL);
        }
        int[] unserved = Arrays.stream(capabilities)
                .filter(capability -> capability < OLDEST || capability > NEWEST)
                .toArray();
        if (unserved.length > 0) {
            String others = unserved.length < capabilities.length ? "; CUDA_VISIBLE_DEVICES leaves a GPU out" : "";
            throw new IllegalStateException(
                    "ND4J's kernels do not run on a GPU of compute capability " + list(unserved) + LEGAL + others);
        }
    }

    private static String list(int[] capabilities) {
        return Arrays.stream(capabilities)
                .mapToObj(capability -> String.format(Locale.ROOT, "%d.%d", capability / 10, capability % 10))
                .distinct()
                .collect(Collectors.joining(", "));
    }
}

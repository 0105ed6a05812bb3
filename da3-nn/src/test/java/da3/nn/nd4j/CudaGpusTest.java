package da3.nn.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CudaGpusTest {

    @ParameterizedTest
    @ValueSource(ints = {37, 50, 61, 75, 86, 89})
    void acceptsSupportedGpus(int capability) {
        assertThatCode(() -> CudaGpus.requireSupported(() -> new int[] {capability}))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {35, 90, 120})
    void rejectsOlderAndNewerGpus(int capability) {
        assertThatIllegalStateException()
                .isThrownBy(() -> CudaGpus.requireSupported(() -> new int[] {capability}))
                .withMessageContaining("compute capability " + capability / 10 + "." + capability % 10
                        + ". The nd4j engine on CUDA needs")
                .withMessageContaining("3.7 to 8.6 (to 8.9 by binary compatibility, untested)")
                .withMessageEndingWith("da3-cpu instead of da3-cuda needs no GPU");
    }

    @Test
    void saysHowToExcludeAnUnsupportedGpu() {
        assertThatIllegalStateException()
                .isThrownBy(() -> CudaGpus.requireSupported(() -> new int[] {86, 90, 90}))
                .withMessageContaining("compute capability 9.0. The nd4j engine")
                .withMessageEndingWith("CUDA_VISIBLE_DEVICES can exclude a GPU");
    }

    @Test
    void namesALibraryThatCannotBeLoaded() {
        assertThatIllegalStateException()
                .isThrownBy(() -> CudaGpus.requireSupported(() -> {
                    throw new ExceptionInInitializerError(
                            new UnsatisfiedLinkError("libcuda.so.1: cannot open shared object file"));
                }))
                .withMessageStartingWith(
                        "CUDA could not be started: UnsatisfiedLinkError: libcuda.so.1: cannot open shared "
                                + "object file. The nd4j engine on CUDA needs an NVIDIA GPU");
    }

    @Test
    void reportsAMissingGpu() {
        assertThatIllegalStateException()
                .isThrownBy(() -> CudaGpus.requireSupported(() -> new int[0]))
                .withMessageStartingWith("CUDA finds no GPU. The nd4j engine on CUDA needs an NVIDIA GPU");
    }

    /** The class path of the tests has no CUDA bindings. */
    @Test
    void namesMissingBindings() {
        assertThatIllegalStateException()
                .isThrownBy(() -> CudaGpus.requireSupported(CudaRuntime::ofBindings))
                .withMessageContaining("ClassNotFoundException: org.bytedeco.cuda.global.cudart");
    }

    /** The functions of {@code cudart} on a machine whose state is an error, or one GPU of compute capability 8.6. */
    public static final class Cudart {

        public static final int cudaDevAttrComputeCapabilityMajor = 75;
        public static final int cudaDevAttrComputeCapabilityMinor = 76;
        private static int status;

        public static int cudaGetDeviceCount(int[] count) {
            count[0] = 1;
            return status;
        }

        public static int cudaDeviceGetAttribute(int[] value, int attribute, int device) {
            value[0] = attribute == cudaDevAttrComputeCapabilityMajor ? 8 : 6;
            return status;
        }
    }

    @Test
    void queriesTheComputeCapability() throws ReflectiveOperationException {
        Cudart.status = 0;
        assertThat(CudaRuntime.of(Cudart.class)).containsExactly(86);
    }

    @ParameterizedTest
    @CsvSource({
        "35, the NVIDIA driver is missing or too old for this version of CUDA",
        "100, no GPU is visible",
    })
    void explainsErrorsOfCuda(int status, String meaning) {
        Cudart.status = status;
        assertThatIllegalStateException()
                .isThrownBy(() -> CudaGpus.requireSupported(() -> CudaRuntime.of(Cudart.class)))
                .withMessageStartingWith("CUDA could not be started: cudaGetDeviceCount returned error " + status + ": "
                        + meaning + ". The nd4j engine on CUDA needs an NVIDIA GPU");
    }

    @Test
    void aBackendForGpusThatDoesNotStartIsNotBlamedOnAMissingBackend() {
        LinkageError error = new UnsatisfiedLinkError("libnd4jcuda.so: cannot open shared object file");
        assertThat(Backend.notStarted(error, true))
                .hasMessageStartingWith("ND4J could not be started: UnsatisfiedLinkError: libnd4jcuda.so")
                .hasMessageContaining("CUDA 11.6 and a driver for it");
        assertThat(Backend.notStarted(error, false)).hasMessageContaining("Add da3-cpu, or an nd4j backend");
    }
}

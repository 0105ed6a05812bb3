package da3.nn.nd4j;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CudaGpusTest {

    @ParameterizedTest
    @ValueSource(ints = {37, 50, 61, 75, 86, 89})
    void servesWhatTheKernelsWereBuiltFor(int capability) {
        assertThatCode(() -> CudaGpus.requireServed(() -> new int[] {capability}))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {35, 90, 120})
    void refusesOlderAndNewerGpus(int capability) {
        assertThatIllegalStateException()
                .isThrownBy(() -> CudaGpus.requireServed(() -> new int[] {capability}))
                .withMessageContaining("compute capability " + capability / 10 + "." + capability % 10 + "; legal:")
                .withMessageContaining("3.7 to 8.6 (to 8.9 by binary compatibility, untested)")
                .withMessageEndingWith("da3-cpu in place of da3-cuda needs no GPU");
    }

    @Test
    void saysHowToLeaveAnUnservedGpuOut() {
        assertThatIllegalStateException()
                .isThrownBy(() -> CudaGpus.requireServed(() -> new int[] {86, 90, 90}))
                .withMessageContaining("compute capability 9.0; legal")
                .withMessageEndingWith("CUDA_VISIBLE_DEVICES leaves a GPU out");
    }

    @Test
    void namesTheLibraryThatDoesNotLoad() {
        assertThatIllegalStateException()
                .isThrownBy(() -> CudaGpus.requireServed(() -> {
                    throw new ExceptionInInitializerError(
                            new UnsatisfiedLinkError("libcuda.so.1: cannot open shared object file"));
                }))
                .withMessageStartingWith("CUDA did not start: UnsatisfiedLinkError: libcuda.so.1: cannot open shared "
                        + "object file; legal: an NVIDIA GPU");
    }

    @Test
    void saysThatThereIsNoGpu() {
        assertThatIllegalStateException()
                .isThrownBy(() -> CudaGpus.requireServed(() -> new int[0]))
                .withMessageStartingWith("CUDA finds no GPU; legal: an NVIDIA GPU");
    }

    /** The tests' class path has no CUDA: the bindings that are looked up by name are missed by name. */
    @Test
    void namesTheMissingBindings() {
        assertThatIllegalStateException()
                .isThrownBy(() -> CudaGpus.requireServed(CudaRuntime::ofBindings))
                .withMessageContaining("ClassNotFoundException: org.bytedeco.cuda.global.cudart");
    }
}

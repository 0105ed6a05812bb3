package da3.nn.nd4j;

import java.lang.reflect.InvocationTargetException;

/** What is asked of CUDA before ND4J is: found by name, for this module is built without it. */
interface CudaRuntime {

    /**
     * @return compute capabilities of the GPUs that CUDA shows to this process, ten times major plus minor
     * @throws LinkageError if CUDA or its driver does not load
     * @throws IllegalStateException if CUDA answers with an error
     * @throws ReflectiveOperationException if the bindings are not on the class path
     */
    int[] capabilities() throws ReflectiveOperationException;

    /** Through JavaCPP's bindings of {@code cudart}. */
    static int[] ofBindings() throws ReflectiveOperationException {
        Class<?> cudart = Class.forName("org.bytedeco.cuda.global.cudart");
        int[] count = new int[1];
        call(cudart, "cudaGetDeviceCount", new Class<?>[] {int[].class}, count);
        int[] capabilities = new int[count[0]];
        for (int gpu = 0; gpu < capabilities.length; gpu++) {
            capabilities[gpu] = 10 * attribute(cudart, "ComputeCapabilityMajor", gpu)
                    + attribute(cudart, "ComputeCapabilityMinor", gpu);
        }
        return capabilities;
    }

    private static int attribute(Class<?> cudart, String name, int gpu) throws ReflectiveOperationException {
        int[] value = new int[1];
        int attribute = cudart.getField("cudaDevAttr" + name).getInt(null);
        call(
                cudart,
                "cudaDeviceGetAttribute",
                new Class<?>[] {int[].class, int.class, int.class},
                value,
                attribute,
                gpu);
        return value[0];
    }

    private static void call(Class<?> cudart, String function, Class<?>[] types, Object... arguments)
            throws ReflectiveOperationException {
        try {
            int status = (int) cudart.getMethod(function, types).invoke(null, arguments);
            if (status != 0) {
                throw new IllegalStateException(function + " answers error " + status);
            }
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof LinkageError notLoaded) {
                throw notLoaded;
            }
            throw e;
        }
    }
}

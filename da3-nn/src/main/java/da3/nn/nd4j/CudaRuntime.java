package da3.nn.nd4j;

import java.lang.reflect.InvocationTargetException;

/** Queries to CUDA before ND4J starts, by reflection, since this module is built without CUDA. */
interface CudaRuntime {

    /**
     * Returns the compute capabilities of the GPUs visible to this process, as 10 x major + minor.
     *
     * @throws LinkageError if CUDA or its driver cannot be loaded
     * @throws IllegalStateException if CUDA returns an error
     * @throws ReflectiveOperationException if the bindings are not on the class path
     */
    int[] capabilities() throws ReflectiveOperationException;

    /** Queries CUDA through the JavaCPP bindings of {@code cudart}, and loads the libraries that ND4J needs. */
    static int[] ofBindings() throws ReflectiveOperationException {
        int[] capabilities = of(Class.forName("org.bytedeco.cuda.global.cudart"));
        // ND4J would not report which of them is missing
        Class.forName("org.bytedeco.cuda.global.cublas");
        Class.forName("org.bytedeco.cuda.global.cusolver");
        return capabilities;
    }

    /** Queries CUDA through a class with the functions and constants of {@code cudart}. */
    static int[] of(Class<?> cudart) throws ReflectiveOperationException {
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
                throw new IllegalStateException(function + " returned error " + status + meaning(status));
            }
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof LinkageError notLoaded) {
                throw notLoaded;
            }
            throw e;
        }
    }

    /** Returns the meaning of the errors that a user can resolve, from the documentation of the CUDA runtime. */
    private static String meaning(int status) {
        return switch (status) {
            case 35 -> ": the NVIDIA driver is missing or too old for this version of CUDA";
            case 100 -> ": no GPU is visible";
            default -> "";
        };
    }
}

package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

/** Status codes of oneDNN. */
final class Status {

    private Status() {}

    /** @throws IllegalStateException if the status is not success */
    static void check(int status, String action) {
        if (status == dnnl_success) {
            return;
        }
        if (status == dnnl_out_of_memory) {
            throw new OutOfMemoryError("oneDNN ran out of memory: failed to " + action);
        }
        throw new IllegalStateException("oneDNN failed to " + action + ": " + name(status));
    }

    private static String name(int status) {
        return switch (status) {
            case dnnl_invalid_arguments -> "invalid arguments";
            case dnnl_unimplemented -> "not implemented";
            case dnnl_runtime_error -> "runtime error";
            case dnnl_not_required -> "not required";
            default -> "status " + status;
        };
    }
}

package da3.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

/** What oneDNN answers. */
final class Status {

    private Status() {}

    /** @throws IllegalStateException if oneDNN refused */
    static void check(int status, String doing) {
        if (status == dnnl_success) {
            return;
        }
        if (status == dnnl_out_of_memory) {
            throw new OutOfMemoryError("oneDNN has no memory left for " + doing);
        }
        throw new IllegalStateException("oneDNN refused " + doing + ": " + name(status));
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

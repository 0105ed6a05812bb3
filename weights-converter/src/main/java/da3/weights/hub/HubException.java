package da3.weights.hub;

import da3.weights.safetensors.UntrustedText;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Thrown if a model cannot be provided. The message is one sentence for the user and never contains a token. */
public final class HubException extends IOException {

    private static final long serialVersionUID = 1;

    public HubException(String message) {
        super(message);
    }

    public HubException(String message, Throwable cause) {
        super(message, cause);
    }

    static HubException unwritable(Path path, IOException cause) {
        if (cause instanceof ClosedByInterruptException) {
            return new HubException("writing " + path + " was interrupted; the partial download is kept", cause);
        }
        return new HubException(
                "cannot write " + path + ": " + reason(cause) + "; set HF_HUB_CACHE to use another cache", cause);
    }

    static HubException unreadable(Path path, IOException cause) {
        return new HubException("cannot read " + path + ": " + reason(cause), cause);
    }

    /** Restores the interrupt flag of the thread and returns an exception. */
    static HubException interrupted(String what, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new HubException(what + " was interrupted; the partial download is kept", cause);
    }

    /** Returns the reason of an exception, since messages may be only a path or missing. */
    static String reason(Throwable cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        if (cause.getCause() instanceof UnresolvedAddressException) {
            return "unknown host";
        }
        if (cause instanceof ConnectException && cause.getMessage() == null) {
            return "no connection";
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : UntrustedText.shown(cause.getMessage());
    }
}

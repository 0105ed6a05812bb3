package da3.weights.hub;

import da3.weights.safetensors.UntrustedText;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A model that cannot be had; the message is one sentence for the user and never holds a token. */
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
            return new HubException("writing " + path + " was interrupted; what has arrived is kept", cause);
        }
        return new HubException(
                "cannot write " + path + ": " + reason(cause) + "; HF_HUB_CACHE chooses another cache", cause);
    }

    static HubException unreadable(Path path, IOException cause) {
        return new HubException("cannot read " + path + ": " + reason(cause), cause);
    }

    /** Keeps the thread's interrupt flag for its owner. */
    static HubException interrupted(String what, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new HubException(what + " was interrupted; what has arrived is kept", cause);
    }

    /** The bare reason, since a file system's message may be only the path and a network's may be none. */
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

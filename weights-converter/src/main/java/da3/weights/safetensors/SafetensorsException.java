package da3.weights.safetensors;

import java.io.IOException;

/** A file that is not well-formed safetensors. */
public final class SafetensorsException extends IOException {

    private static final long serialVersionUID = 1;

    public SafetensorsException(String message) {
        super(message);
    }

    public SafetensorsException(String message, Throwable cause) {
        super(message, cause);
    }
}

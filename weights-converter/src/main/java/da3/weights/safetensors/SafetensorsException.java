package da3.weights.safetensors;

import java.io.IOException;

/** Thrown if a file is not a valid safetensors file. */
public final class SafetensorsException extends IOException {

    private static final long serialVersionUID = 1;

    public SafetensorsException(String message) {
        super(message);
    }

    public SafetensorsException(String message, Throwable cause) {
        super(message, cause);
    }
}

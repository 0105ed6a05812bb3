package da3.nn;

/** Thrown if a checkpoint lacks tensors that a network needs, or cannot be read. */
public final class WeightsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public WeightsException(String message) {
        super(message);
    }

    public WeightsException(String message, Throwable cause) {
        super(message, cause);
    }
}

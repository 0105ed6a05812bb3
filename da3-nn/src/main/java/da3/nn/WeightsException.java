package da3.nn;

/** A checkpoint that does not hold what a network needs. */
public final class WeightsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public WeightsException(String message) {
        super(message);
    }

    public WeightsException(String message, Throwable cause) {
        super(message, cause);
    }
}

package da3.server.wire;

/** Thrown for JSON with an unknown field or a value of the wrong type. */
public final class MalformedFieldException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    MalformedFieldException(String message) {
        super(message);
    }
}

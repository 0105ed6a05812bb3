package da3.server.wire;

/** JSON that does not have the form that its reader expects: an unknown field, or a value of another type. */
public final class MalformedFieldException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    MalformedFieldException(String message) {
        super(message);
    }
}

package da3.geometry;

/** The data do not determine what was asked of them: too few points, points on a line, nothing but sky. */
public final class DegenerateGeometryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DegenerateGeometryException(String message) {
        super(message);
    }
}

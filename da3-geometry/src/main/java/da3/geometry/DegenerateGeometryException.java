package da3.geometry;

/** Thrown when the data do not determine the result, for instance too few points, points on a line, or only sky. */
public final class DegenerateGeometryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DegenerateGeometryException(String message) {
        super(message);
    }
}

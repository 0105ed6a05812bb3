package da3.server.tasks;

/** Thrown if a request needs more memory than is available. */
public final class InsufficientMemoryException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final long neededBytes;
    private final long availableBytes;
    private final int viewsThatFit;

    InsufficientMemoryException(String message, long neededBytes, long availableBytes, int viewsThatFit) {
        super(message);
        this.neededBytes = neededBytes;
        this.availableBytes = availableBytes;
        this.viewsThatFit = viewsThatFit;
    }

    public long neededBytes() {
        return neededBytes;
    }

    public long availableBytes() {
        return availableBytes;
    }

    /** Returns how many of the views would fit into memory; 0 if none would. */
    public int viewsThatFit() {
        return viewsThatFit;
    }
}

package da3.server.tasks;

/** A request takes more memory than there is. */
public final class DoesNotFitException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final long neededBytes;
    private final long availableBytes;
    private final int viewsThatFit;

    DoesNotFitException(String message, long neededBytes, long availableBytes, int viewsThatFit) {
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

    /** So many of its photos, from the first, would fit; 0 if not even one. */
    public int viewsThatFit() {
        return viewsThatFit;
    }
}

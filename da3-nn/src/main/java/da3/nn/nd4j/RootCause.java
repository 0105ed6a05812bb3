package da3.nn.nd4j;

/** Describes the root cause of an exception, since loaders wrap a missing library several times. */
final class RootCause {

    private RootCause() {}

    static String of(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}

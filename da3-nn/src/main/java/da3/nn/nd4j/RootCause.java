package da3.nn.nd4j;

/** What went wrong underneath, in words: loaders wrap a missing library three times over. */
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

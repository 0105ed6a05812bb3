package da3.weights.hub;

/** A listener for the progress of downloads, called on the pulling thread at least once per file. */
@FunctionalInterface
public interface HubProgress {

    /** Ignores all progress. */
    HubProgress NONE = (file, bytesDone, bytesTotal) -> {};

    /**
     * Reports the progress of a file.
     *
     * @param file name in the model, for instance {@code model.safetensors}
     * @param bytesDone downloaded bytes; returns to 0 if the server restarts the download
     */
    void update(String file, long bytesDone, long bytesTotal);
}

package da3.weights.hub;

/** Told how far a file is. Called in the thread that pulls, at least once for each file. */
@FunctionalInterface
public interface HubProgress {

    /** For those who do not look. */
    HubProgress NONE = (file, bytesDone, bytesTotal) -> {};

    /**
     * @param file its name in the model, for instance {@code model.safetensors}
     * @param bytesDone falls back to 0 where a server makes the download start anew
     */
    void at(String file, long bytesDone, long bytesTotal);
}

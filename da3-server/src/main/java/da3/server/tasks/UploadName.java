package da3.server.tasks;

import java.nio.file.Path;

/** Names for files that come with a name from anywhere. */
public final class UploadName {

    private UploadName() {}

    /**
     * A path in a folder for a file that its sender calls so: folders are cut off, and what no file system likes is
     * replaced. No file is there yet.
     */
    public static Path in(Path folder, String claimed) {
        throw new UnsupportedOperationException();
    }
}

package da3.io;

import da3.geometry.check.Check;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Explains in a sentence why a file or directory could not be written. */
final class FileFailure {

    private FileFailure() {}

    /**
     * Returns the reason of the innermost exception; libraries wrap it in exceptions that only say that writing failed.
     */
    static String reason(IOException failure) {
        Throwable innermost = failure;
        while (innermost.getCause() instanceof IOException cause) {
            innermost = cause;
        }
        if (innermost instanceof AccessDeniedException denied) {
            return "no permission to write " + denied.getFile();
        }
        if (innermost instanceof FileAlreadyExistsException exists) {
            return Check.message(exists.getFile(), "a directory", "a file");
        }
        if (innermost instanceof NotDirectoryException file) {
            return Check.message(file.getFile(), "a directory", "a file");
        }
        if (innermost instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist";
        }
        if (innermost instanceof FileSystemException failed && failed.getReason() != null) {
            return failed.getReason();
        }
        return innermost.getMessage() == null ? "the file system reports no reason" : innermost.getMessage();
    }
}

package da3.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file or directory could not be written, in words. */
final class FileFailure {

    private FileFailure() {}

    /** The reason at the bottom: libraries wrap it in exceptions that say only that writing failed. */
    static String reason(IOException failure) {
        Throwable bottom = failure;
        while (bottom.getCause() instanceof IOException cause) {
            bottom = cause;
        }
        if (bottom instanceof AccessDeniedException denied) {
            return denied.getFile() + " may not be written to";
        }
        if (bottom instanceof FileAlreadyExistsException exists) {
            return exists.getFile() + " is a file; legal: a directory";
        }
        if (bottom instanceof NotDirectoryException file) {
            return file.getFile() + " is a file; legal: a directory";
        }
        if (bottom instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist";
        }
        if (bottom instanceof FileSystemException failed && failed.getReason() != null) {
            return failed.getReason();
        }
        return bottom.getMessage() == null ? "the file system gives no reason" : bottom.getMessage();
    }
}

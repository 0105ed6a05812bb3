package da3.core;

import da3.geometry.DegenerateGeometryException;
import da3.nn.WeightsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Error messages for users: one sentence each, safe to print. */
public final class ErrorMessage {

    private static final int MAX_LENGTH = 2_000;

    private ErrorMessage() {}

    /** Returns the {@linkplain #printable printable} message of a failure; unexpected failures are named by their class. */
    public static String of(Throwable failure) {
        return printable(sentence(failure));
    }

    /** Returns whether the message explains the failure without a stack trace. */
    public static boolean isExpected(Throwable failure) {
        if (failure instanceof UncheckedIOException wrapped) {
            return isExpected(wrapped.getCause());
        }
        boolean expectedType = failure instanceof IllegalArgumentException
                || failure instanceof IllegalStateException
                || failure instanceof DegenerateGeometryException
                || failure instanceof WeightsException
                || failure instanceof IOException;
        return failure instanceof OutOfMemoryError || expectedType && failure.getMessage() != null;
    }

    /**
     * Returns a message that is safe to print on a terminal, although it may contain names of files and tensors from
     * untrusted sources. Control characters and characters that change the writing direction become {@code ?}; messages are
     * truncated to 2000 characters.
     */
    public static String printable(String message) {
        StringBuilder printable = new StringBuilder();
        message.codePoints()
                .limit(MAX_LENGTH)
                .map(character -> isUnsafe(character) ? '?' : character)
                .forEach(printable::appendCodePoint);
        return printable + (message.codePointCount(0, message.length()) > MAX_LENGTH ? "..." : "");
    }

    private static boolean isUnsafe(int character) {
        int type = Character.getType(character);
        return Character.isISOControl(character)
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static String sentence(Throwable e) {
        if (e instanceof UncheckedIOException wrapped) {
            return sentence(wrapped.getCause());
        }
        if (e instanceof NoSuchFileException missing) {
            return missing.getReason() == null
                    ? missing.getFile() + " does not exist"
                    : missing.getFile() + " " + missing.getReason();
        }
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied";
        }
        if (e instanceof FileAlreadyExistsException exists) {
            return exists.getReason() == null ? exists.getFile() + " already exists" : exists.getMessage();
        }
        if (e instanceof NotDirectoryException file) {
            return file.getFile() + " must be a directory, but is a file";
        }
        if (e instanceof OutOfMemoryError) {
            return "out of memory (" + e.getMessage() + "): use fewer or smaller images, a lower resolution, or a"
                    + " larger heap (-Xmx)";
        }
        return isExpected(e) ? e.getMessage() : "unexpected " + e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}

package da3.core;

import da3.geometry.DegenerateGeometryException;
import da3.nn.WeightsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What went wrong, in one sentence for people. */
public final class ErrorMessage {

    private static final int LONGEST = 2_000;

    private ErrorMessage() {}

    /** As {@link #printable} text; of what nobody expected it names the class. */
    public static String of(Throwable failure) {
        return printable(sentence(failure));
    }

    /** Whether the sentence says all there is to say, so that where it was thrown does not matter. */
    public static boolean isExpected(Throwable failure) {
        if (failure instanceof UncheckedIOException wrapped) {
            return isExpected(wrapped.getCause());
        }
        boolean kind = failure instanceof IllegalArgumentException
                || failure instanceof IllegalStateException
                || failure instanceof DegenerateGeometryException
                || failure instanceof WeightsException
                || failure instanceof IOException;
        return failure instanceof OutOfMemoryError || kind && failure.getMessage() != null;
    }

    /**
     * A message as a terminal can take it: names of files and tensors in it may come from anywhere. Control characters
     * and those that turn the direction of writing become {@code ?}, and what is longer than 2000 characters is cut.
     */
    public static String printable(String message) {
        StringBuilder printable = new StringBuilder();
        message.codePoints()
                .limit(LONGEST)
                .map(character -> isCommand(character) ? '?' : character)
                .forEach(printable::appendCodePoint);
        return printable + (message.codePointCount(0, message.length()) > LONGEST ? "..." : "");
    }

    private static boolean isCommand(int character) {
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
            return denied.getFile() + " may not be read or written";
        }
        if (e instanceof FileAlreadyExistsException exists) {
            return exists.getReason() == null ? exists.getFile() + " is in the way" : exists.getMessage();
        }
        if (e instanceof NotDirectoryException file) {
            return file.getFile() + " must be a directory, and is a file";
        }
        if (e instanceof OutOfMemoryError) {
            return "memory ran out (" + e.getMessage() + "): use fewer or smaller images, a lower resolution, or a"
                    + " larger heap (-Xmx)";
        }
        return isExpected(e) ? e.getMessage() : "unexpected " + e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}

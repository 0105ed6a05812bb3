package da3.cli;

import da3.geometry.DegenerateGeometryException;
import da3.nn.WeightsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns exceptions into one sentence on standard error; no stack trace reaches a user. */
final class Failures implements IExecutionExceptionHandler {

    /** A system property: set it to see where an error comes from. */
    static final String STACK_TRACES = "da3.stacktrace";

    private static final int LONGEST = 2_000;

    @Override
    public int handleExecutionException(Exception e, CommandLine commandLine, ParseResult parsed) {
        commandLine.getErr().println("da3: " + printable(sentence(e)));
        if (Boolean.getBoolean(STACK_TRACES)) {
            e.printStackTrace(commandLine.getErr());
        }
        commandLine.getErr().flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    /**
     * A message as a terminal can take it: names of files and tensors in it may come from anywhere. Control characters
     * and those that turn the direction of writing become {@code ?}.
     */
    static String printable(String message) {
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

    private static String sentence(Exception e) {
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
            return file.getFile() + " is a file; legal: a directory";
        }
        boolean expected = e instanceof IllegalArgumentException
                || e instanceof IllegalStateException
                || e instanceof DegenerateGeometryException
                || e instanceof WeightsException
                || e instanceof IOException;
        if (expected && e.getMessage() != null) {
            return e.getMessage();
        }
        return "unexpected " + e.getClass().getSimpleName() + ": " + e.getMessage() + " (run with JAVA_OPTS=-D"
                + STACK_TRACES + "=true to see where)";
    }
}

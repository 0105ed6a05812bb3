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

    @Override
    public int handleExecutionException(Exception e, CommandLine commandLine, ParseResult parsed) {
        commandLine.getErr().println("da3: " + sentence(e));
        if (Boolean.getBoolean(STACK_TRACES)) {
            e.printStackTrace(commandLine.getErr());
        }
        commandLine.getErr().flush();
        return CommandLine.ExitCode.SOFTWARE;
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

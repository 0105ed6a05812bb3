package da3.cli;

import da3.core.ErrorMessage;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns exceptions into one sentence on standard error; no stack trace reaches a user. */
final class Failures implements IExecutionExceptionHandler {

    /** A system property: set it to see where an error comes from. */
    static final String STACK_TRACES = "da3.stacktrace";

    private static final String HINT = " (run with JAVA_OPTS=-D" + STACK_TRACES + "=true to see where)";

    @Override
    public int handleExecutionException(Exception e, CommandLine commandLine, ParseResult parsed) {
        commandLine.getErr().println("da3: " + ErrorMessage.of(e) + (ErrorMessage.isExpected(e) ? "" : HINT));
        if (Boolean.getBoolean(STACK_TRACES)) {
            e.printStackTrace(commandLine.getErr());
        }
        commandLine.getErr().flush();
        return CommandLine.ExitCode.SOFTWARE;
    }
}

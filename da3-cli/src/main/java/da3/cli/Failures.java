package da3.cli;

import da3.core.ErrorMessage;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Reports exceptions as one sentence on standard error, without a stack trace. */
final class Failures implements IExecutionExceptionHandler {

    /** System property that enables stack traces. */
    static final String STACK_TRACES = "da3.stacktrace";

    private static final String HINT = " (set JAVA_OPTS=-D" + STACK_TRACES + "=true for a stack trace)";

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

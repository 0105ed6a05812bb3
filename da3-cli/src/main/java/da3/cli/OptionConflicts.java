package da3.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Rejects options that would have no effect. */
final class OptionConflicts {

    private OptionConflicts() {}

    /**
     * Requires that none of some options is on the command line.
     *
     * @param command the command that runs
     * @param options names of options
     * @param other what they cannot be combined with, as it is written on the command line
     * @throws IllegalArgumentException if one is; the message names it
     */
    static void reject(CommandSpec command, List<String> options, String other) {
        for (String option : options) {
            if (command.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new IllegalArgumentException(option + " cannot be combined with " + other);
            }
        }
    }
}

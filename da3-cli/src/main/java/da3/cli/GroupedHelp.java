package da3.cli;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Help that lists the options of commands with many of them in groups, what most users need first. */
final class GroupedHelp {

    /** Commands with more options, not counting --help and --version, have groups. */
    private static final int MAX_UNGROUPED = 6;

    private GroupedHelp() {}

    /** Changes the help of a command and of its subcommands. */
    static void install(CommandLine command) {
        if (ownOptions(command.getCommandSpec().options()).size() > MAX_UNGROUPED) {
            command.getCommandSpec().usageMessage().abbreviateSynopsis(true);
            command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, GroupedHelp::options);
        }
        command.getSubcommands().values().forEach(GroupedHelp::install);
    }

    private static List<OptionSpec> ownOptions(List<OptionSpec> options) {
        return options.stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp() && !option.hidden())
                .toList();
    }

    private static String options(Help help) {
        Map<HelpGroup, List<OptionSpec>> groups = help.commandSpec().options().stream()
                .filter(option -> !option.hidden())
                .collect(Collectors.groupingBy(
                        HelpGroup::of, () -> new EnumMap<>(HelpGroup.class), Collectors.toList()));
        StringBuilder text = new StringBuilder();
        groups.forEach((group, options) -> {
            // all columns are as wide as the longest name of all options needs
            Help.Layout layout = help.createDefaultLayout(
                    help.commandSpec().options(), help.commandSpec().positionalParameters(), help.colorScheme());
            options.forEach(option -> layout.addOption(option, help.parameterLabelRenderer()));
            text.append(String.format("%n%s:%n", group.heading())).append(layout);
        });
        return text.toString();
    }
}

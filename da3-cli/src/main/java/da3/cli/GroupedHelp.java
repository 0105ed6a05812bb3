package da3.cli;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Help that lists the options of a command in groups if it has many. */
final class GroupedHelp {

    /** Maximum number of options without groups, not counting --help and --version. */
    private static final int MAX_UNGROUPED = 6;

    private GroupedHelp() {}

    /** Installs grouped help for a command and its subcommands. */
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
            // the width of the columns is that of the longest option of all groups
            Help.Layout layout = help.createDefaultLayout(
                    help.commandSpec().options(), help.commandSpec().positionalParameters(), help.colorScheme());
            options.forEach(option -> layout.addOption(option, help.parameterLabelRenderer()));
            text.append(String.format("%n%s:%n", group.heading())).append(layout);
        });
        return text.toString();
    }
}

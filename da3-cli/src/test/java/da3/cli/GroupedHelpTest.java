package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;

import da3.export.OptionFields;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class GroupedHelpTest {

    @Test
    void optionsAreListedInGroups() {
        List<String> lines = help("colmap").replace("[no-]", "").lines().toList();
        assertThat(lines.stream().filter(line -> line.matches("[A-Z]\\w+:")).toList())
                .containsExactly("Input:", "Model:", "Prediction:", "Export:", "Service:", "Other:");
        assertThat(group(lines, "Model:")).contains("--model", "--engine", "--threads", "--precision", "--download");
        assertThat(group(lines, "Prediction:"))
                .contains("--process-res", "--native-size", "--align-to-input-ext-scale", "--seed");
        assertThat(group(lines, "Export:")).contains("--export-dir", "--export-format", "--gs-path", "--overwrite");
        assertThat(group(lines, "Service:")).contains("--use-backend", "--backend-url");
        assertThat(group(lines, "Other:")).contains("--help", "--version", "--json", "--quiet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "colmap"})
    void everyFieldIsInTheHelpWithItsDefault(String command) {
        String help = help(command).replaceAll("\\s+", " ").replace("[no-]", "");
        OptionFields.all().forEach(field -> field.commandLineName()
                .ifPresent(name -> assertThat(help).contains(name).contains(field.description())));
        assertThat(help).contains("Default: saddle_balanced.", "Default: 1000000.", "mini_npz-glb-depth_vis");
    }

    @Test
    void commandsWithoutDefaultModelRequireOne() {
        assertThat(help("bench")).contains("Required.").doesNotContain("null");
        assertThat(help("evaluate").replaceAll("\\s+", " "))
                .contains("Required unless --predictions is given.")
                .doesNotContain("null");
    }

    @Test
    void everyOptionIsInExactlyOneGroup() {
        Main.commandLine().getSubcommands().forEach((name, command) -> {
            List<String> lines = help(name)
                    .lines()
                    .filter(line -> line.matches(" {2,6}-.*"))
                    .map(line -> line.replace("[no-]", ""))
                    .toList();
            command.getCommandSpec().options().forEach(option -> assertThat(lines)
                    .as(name + " " + option.longestName())
                    .filteredOn(line -> List.of(line.split("[=, ]+")).contains(option.longestName()))
                    .hasSize(1));
        });
    }

    @Test
    void commandsWithFewOptionsHaveNoGroups() {
        assertThat(help("verify")).doesNotContain("Other:");
    }

    private static String group(List<String> lines, String heading) {
        List<String> after = lines.subList(lines.indexOf(heading) + 1, lines.size());
        return String.join(
                "\n", after.stream().takeWhile(line -> !line.isBlank()).toList());
    }

    private static String help(String command) {
        return Main.commandLine().getSubcommands().get(command).getUsageMessage(CommandLine.Help.Ansi.OFF);
    }
}

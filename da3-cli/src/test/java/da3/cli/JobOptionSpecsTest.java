package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.export.JobOptions;
import da3.export.OptionField;
import da3.export.OptionFields;
import da3.server.wire.JsonFields;
import da3.server.wire.OptionsJson;
import da3.server.wire.TaskOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Tests of job options from the command line to JSON and back. */
class JobOptionSpecsTest {

    @Command(modelTransformer = JobOptionSpecs.WithCameras.class)
    static final class Job {}

    @Test
    void optionsSurviveJson() {
        List<OptionField<?>> offered = OptionFields.all().stream()
                .filter(field -> field.commandLineName().isPresent())
                .toList();
        JobOptions job = parse(offered.stream().map(JobOptionSpecsTest::changed).toArray(String[]::new));
        JobOptions defaults = JobOptions.defaults();
        assertThat(offered)
                .allSatisfy(
                        field -> assertThat(field.get(job)).as(field.name()).isNotEqualTo(unchecked(field, defaults)));
        ObjectNode json = OptionsJson.of(TaskOptions.of(job));
        assertThat(OptionsJson.read(new JsonFields(json, OptionsJson.names()))).isEqualTo(TaskOptions.of(job));
    }

    @Test
    void defaultsApplyWithoutOptions() {
        assertThat(parse()).isEqualTo(JobOptions.defaults());
        assertThat(parse("--show-cameras", "--align-to-input-ext-scale")).isEqualTo(JobOptions.defaults());
    }

    @Test
    void qualityIgnoresCase() {
        assertThat(parse("--gs-quality=LOW")).isEqualTo(parse("--gs-quality=low"));
    }

    @Test
    void onlyCommandsWithCamerasHaveTheAlignmentOption() {
        List<String> aligning = new ArrayList<>();
        Main.commandLine().getSubcommands().forEach((name, command) -> {
            if (command.getCommandSpec().findOption("--align-to-input-ext-scale") != null) {
                aligning.add(name);
            }
        });
        assertThat(aligning).containsExactlyInAnyOrder("auto", "colmap");
    }

    private static Optional<?> unchecked(OptionField<?> field, JobOptions options) {
        return field.get(options);
    }

    private static JobOptions parse(String... arguments) {
        CommandLine.ParseResult parsed = new CommandLine(new Job()).parseArgs(arguments);
        JobOptions.Builder job = JobOptions.builder();
        JobOptionSpecs.read(parsed, job);
        return job.build();
    }

    /** Returns the option with a value that is not its default. */
    private static String changed(OptionField<?> field) {
        String name = field.commandLineName().orElseThrow();
        return switch (field.type().kind()) {
            case FLAG -> field.defaultValue().equals(Optional.of(true)) ? name.replace("--", "--no-") : name;
            case INTEGER -> name + "=70";
            case LONG -> name + "=-7";
            case NUMBER -> name + "=12.5";
            case INTEGERS -> name + "=3,11";
            case TEXT ->
                name + "="
                        + field.type().choices().stream()
                                .filter(choice -> !field.defaultValue().equals(Optional.of(choice)))
                                .findFirst()
                                .orElse("feat_vis-mini_npz");
        };
    }
}

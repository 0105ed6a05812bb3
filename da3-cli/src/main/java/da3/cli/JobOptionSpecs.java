package da3.cli;

import da3.export.JobOptions;
import da3.export.OptionField;
import da3.export.OptionFields;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Options of a job on the command line, one for each of {@link OptionFields} with a command line name. */
final class JobOptionSpecs {

    private static final String FORMATS = "--export-format";

    /** The option that needs images with cameras. */
    private static final String ALIGNMENT = "--align-to-input-ext-scale";

    private JobOptionSpecs() {}

    /** Adds the options to a command whose images may have given cameras. */
    static final class WithCameras implements CommandLine.IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec command) {
            OptionFields.all().forEach(field -> add(command, field));
            return command;
        }
    }

    /** Adds the options to a command whose images have no given cameras, or whose results are always in their frame. */
    static final class WithoutCameras implements CommandLine.IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec command) {
            OptionFields.all().stream()
                    .filter(field -> !field.commandLineName().equals(Optional.of(ALIGNMENT)))
                    .forEach(field -> add(command, field));
            return command;
        }
    }

    /** Applies the options on the command line to a job. */
    static void read(ParseResult parsed, JobOptions.Builder job) {
        for (OptionField<?> field : OptionFields.all()) {
            field.commandLineName()
                    .filter(parsed::hasMatchedOption)
                    .ifPresent(name -> field.set(job, parsed.matchedOption(name).getValue()));
        }
    }

    private static void add(CommandSpec command, OptionField<?> field) {
        field.commandLineName().ifPresent(name -> command.addOption(option(name, field)));
    }

    private static OptionSpec option(String name, OptionField<?> field) {
        OptionSpec.Builder option = OptionSpec.builder(name)
                .description(description(name, field))
                .userObject(
                        switch (field.group()) {
                            case PREDICTION -> HelpGroup.PREDICTION;
                            case EXPORT -> HelpGroup.EXPORT;
                        });
        switch (field.type().kind()) {
            case FLAG -> {
                option.type(boolean.class).arity("0");
                if (field.defaultValue().equals(Optional.of(true))) {
                    option.negatable(true).defaultValue("true").fallbackValue("true");
                }
            }
            case INTEGER -> option.type(Integer.class).paramLabel("N");
            case LONG -> option.type(Long.class).paramLabel("N");
            case NUMBER -> option.type(Double.class).paramLabel("X");
            case TEXT -> option.type(String.class).paramLabel(name.equals(FORMATS) ? "FORMATS" : "NAME");
            case INTEGERS ->
                option.type(List.class)
                        .auxiliaryTypes(Integer.class)
                        .splitRegex(",")
                        .paramLabel("N");
        }
        return option.build();
    }

    /** Returns the text of a value, without a decimal point for whole numbers. */
    private static String text(Object value) {
        return value instanceof Double number && number == Math.rint(number)
                ? Long.toString(number.longValue())
                : value.toString();
    }

    private static String description(String name, OptionField<?> field) {
        String choices = field.type().choices().isEmpty()
                ? ""
                : ": " + String.join(", ", field.type().choices());
        String defaultValue = name.equals(FORMATS)
                ? "mini_npz-glb-depth_vis, or depth_vis with --independent"
                : field.defaultValue()
                        .filter(value -> !value.equals(false) && !value.equals(List.of()))
                        .map(JobOptionSpecs::text)
                        .orElse("");
        return field.description() + choices + (defaultValue.isEmpty() ? "" : ". Default: " + defaultValue) + ".";
    }
}

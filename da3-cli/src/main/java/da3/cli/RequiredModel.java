package da3.cli;

import java.util.List;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Adapts the help of {@code --model} to commands without a default model. */
final class RequiredModel implements IModelTransformer {

    @Override
    public CommandSpec transform(CommandSpec command) {
        String requirement =
                command.findOption("--predictions") == null ? "Required." : "Required unless --predictions is given.";
        OptionSpec model = command.findOption("--model");
        OptionSpec required = OptionSpec.builder(model)
                .description(ModelMixin.DESCRIPTION + requirement)
                .build();
        List<OptionSpec> options = List.copyOf(command.options());
        options.forEach(command::remove);
        options.forEach(option -> command.addOption(option == model ? required : option)); // keeps their order
        return command;
    }
}

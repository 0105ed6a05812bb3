package da3.cli;

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
        return command.remove(model)
                .addOption(OptionSpec.builder(model)
                        .description(ModelMixin.DESCRIPTION + requirement)
                        .build());
    }
}

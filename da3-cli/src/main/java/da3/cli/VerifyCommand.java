package da3.cli;

import da3.verify.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verification against golden cases of the reference implementation. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Recomputes the golden cases of a folder and compares all tensors.")
final class VerifyCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "DIR", description = "Folder with cases/ and weights/.")
    private Path folder;

    @Option(names = "--write", paramLabel = "OUT", description = "Save the computed tensors as OUT/<case>.safetensors.")
    private Path write;

    @Mixin
    private EngineMixin engine;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Verification verification = new Verification(
                folder,
                Optional.ofNullable(write),
                engine.options(),
                spec.commandLine().getOut());
        return verification.run() ? 0 : 1;
    }
}

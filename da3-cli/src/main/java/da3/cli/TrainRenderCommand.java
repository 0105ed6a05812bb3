package da3.cli;

import da3.geometry.check.Check;
import da3.train.config.RenderSettings;
import da3.train.config.TrainConfig;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Rendering of the scenes of a training run in advance. */
@Command(
        name = "render",
        mixinStandardHelpOptions = true,
        description =
                "Renders the scenes of a configuration into shards. Running the command again continues an interrupted rendering. Shards of other settings are replaced.")
final class TrainRenderCommand implements Callable<Integer> {

    @Mixin
    private TrainConfigMixin configuration;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "Number of scenes rendered in parallel; 0 uses all processors. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        TrainConfig config = configuration.read();
        if (threads < 0) {
            throw Check.invalid("--threads", "0 (all processors) or more", threads);
        }
        int parallel = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        for (RenderSettings settings : config.render()) {
            try (TerminalProgress progress =
                    new TerminalProgress(spec.commandLine().getErr())) {
                settings.render(parallel, done -> progress.step("scenes", done, settings.scenes()));
            }
            spec.commandLine().getOut().println(settings.scenes() + " scenes in " + settings.shards());
            spec.commandLine().getOut().flush();
        }
        return 0;
    }
}

package da3.cli;

import da3.core.Version;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code da3} command. */
@Command(
        name = "da3",
        mixinStandardHelpOptions = true,
        versionProvider = Main.LibraryVersion.class,
        description = "Depth Anything 3: depth, rays, cameras and 3D Gaussians from any number of images.",
        footer = {
            "",
            "Examples:",
            "  da3 auto photos/ --model seeded:da3-base --export-dir output",
            "  da3 image photo.jpg --model seeded:da3mono-large",
            "  da3 video walk.mp4 --fps 2 --export-format glb",
            "  da3 colmap garden/ --sparse-subdir 0 --export-format colmap",
            "  da3 rig instant/ --rig rig_config.json --model da3-tiny",
            "  da3 stream drive.mp4 --fps 4 --export-dir drive",
            "  da3 render output/gs_ply/0000.ply --path extend \\",
            "    --cameras output/exports/mini_npz/results.npz",
            "  da3 mesh output/exports/mini_npz/results.npz --out mesh.ply",
            "  da3 backend --model depth-anything/DA3-BASE --open",
            "  da3 bench --model seeded:da3-small --views 1 --size 378x504",
            "  da3 train --config da3-train/configs/da3-tiny.yaml --resume auto",
            "  da3 evaluate --suite synthetic --model seeded:da3-small",
            "  da3 verify golden/"
        })
public final class Main implements Callable<Integer> {

    /** Reads the version only if it is asked for. */
    static final class LibraryVersion implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"da3 " + Version.CURRENT};
        }
    }

    /** Constructors of commands by name, in the order of the help. */
    private static final Map<String, Supplier<?>> COMMANDS = commands();

    @Spec
    private CommandSpec spec;

    private static Map<String, Supplier<?>> commands() {
        Map<String, Supplier<?>> commands = new LinkedHashMap<>();
        commands.put("auto", AutoCommand::new);
        commands.put("image", ImageCommand::new);
        commands.put("images", ImagesCommand::new);
        commands.put("video", VideoCommand::new);
        commands.put("colmap", ColmapCommand::new);
        commands.put("rig", RigCommand::new);
        commands.put("stream", StreamCommand::new);
        commands.put("locate", LocateCommand::new);
        commands.put("render", RenderCommand::new);
        commands.put("mesh", MeshCommand::new);
        commands.put("backend", BackendCommand::new);
        commands.put("demo", DemoCommand::new);
        commands.put("model", ModelCommand::new);
        commands.put("train", TrainCommand::new);
        commands.put("evaluate", EvaluateCommand::new);
        commands.put("verify", VerifyCommand::new);
        commands.put("bench", BenchCommand::new);
        return Collections.unmodifiableMap(commands);
    }

    /** Prints the help if no subcommand is given. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }

    /**
     * Returns a command line that reports errors as one sentence, with exit codes 0, 1 (failure) and 2 (usage).
     *
     * @param arguments arguments to parse. If they begin with a command, only that command is added
     */
    static CommandLine commandLine(String... arguments) {
        CommandLine commandLine = new CommandLine(new Main());
        String first = arguments.length == 0 ? "" : arguments[0];
        COMMANDS.forEach((name, command) -> {
            if (name.equals(first) || !COMMANDS.containsKey(first)) { // adding all commands is slow
                commandLine.addSubcommand(name, new CommandLine(command.get()));
            }
        });
        GroupedHelp.install(commandLine);
        commandLine.setExecutionExceptionHandler(new Failures());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        return commandLine;
    }

    /** Executes a command. Reports {@link OutOfMemoryError}, which picocli does not handle, as one sentence. */
    static int execute(CommandLine commandLine, String... arguments) {
        try {
            return commandLine.execute(arguments);
        } catch (OutOfMemoryError e) {
            commandLine
                    .getErr()
                    .println("da3: out of memory (" + e.getMessage() + "): use fewer or smaller images, or a "
                            + "larger heap (JAVA_OPTS=-Xmx...)");
            commandLine.getErr().flush();
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    public static void main(String[] arguments) {
        System.exit(execute(commandLine(arguments), arguments));
    }
}

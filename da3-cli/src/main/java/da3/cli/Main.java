package da3.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code da3} command. */
@Command(
        name = "da3",
        mixinStandardHelpOptions = true,
        version = "da3 0.1.0",
        description = "Depth Anything 3: depth, rays, cameras and 3D Gaussians from any number of photos.",
        subcommands = {
            AutoCommand.class,
            ImageCommand.class,
            ImagesCommand.class,
            VideoCommand.class,
            ColmapCommand.class,
            RenderCommand.class,
            MeshCommand.class,
            BackendCommand.class,
            DemoCommand.class,
            ModelCommand.class,
            VerifyCommand.class,
            BenchCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  da3 auto photos/ --model seeded:da3-base --export-dir output",
            "  da3 image photo.jpg --model seeded:da3mono-large",
            "  da3 video walk.mp4 --fps 2 --export-format glb",
            "  da3 colmap garden/ --sparse-subdir 0 --export-format colmap",
            "  da3 render output/gs_ply/0000.ply --cameras output/exports/mini_npz/results.npz --path extend",
            "  da3 mesh output/exports/mini_npz/results.npz --out mesh.ply",
            "  da3 backend --model depth-anything/DA3-BASE --open",
            "  da3 bench --model seeded:da3-small --views 1 --size 378x504",
            "  da3 verify golden/"
        })
public final class Main implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    /** Without a subcommand: what there is. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }

    /** A command line that reports errors in a sentence; exit codes 0, 1 (failed) and 2 (usage). */
    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.setExecutionExceptionHandler(new Failures());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        return commandLine;
    }

    /** Running out of memory is no exception to picocli, but a sentence to a user. */
    static int execute(CommandLine commandLine, String... arguments) {
        try {
            return commandLine.execute(arguments);
        } catch (OutOfMemoryError e) {
            commandLine
                    .getErr()
                    .println("da3: out of memory (" + e.getMessage() + "): fewer or smaller views need less, and "
                            + "JAVA_OPTS=-Xmx... gives more");
            commandLine.getErr().flush();
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    public static void main(String[] arguments) {
        System.exit(execute(commandLine(), arguments));
    }
}

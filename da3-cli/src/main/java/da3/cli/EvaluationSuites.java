package da3.cli;

import da3.evaluation.Suite;
import da3.evaluation.suite.SyntheticSuite;
import da3.evaluation.suite.dataset.DataSetOptions;
import da3.evaluation.suite.dataset.Protocol;
import da3.evaluation.suite.dataset.Suites;
import da3.geometry.check.Check;
import da3.synthetic.SceneFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that choose the scenes of an evaluation. */
final class EvaluationSuites {

    private static final String SYNTHETIC = "synthetic";
    private static final List<String> SYNTHETIC_OPTIONS = List.of("--scenes", "--views", "--size", "--families");
    private static final List<String> DATA_SET_OPTIONS = List.of("--root", "--protocol");

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--suite",
            paramLabel = "NAME",
            defaultValue = SYNTHETIC,
            description = "Suite of scenes: synthetic, generated from seeds that training does not use, or a data set: "
                    + "eth3d, 7scenes, scannetpp, hiroom, dtu, dtu64, nyu, kitti, diode, sintel, tanks, dl3dv, "
                    + "megadepth. Default: synthetic.")
    private String suite;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(names = "--root", paramLabel = "DIR", description = "Folder of the data set.")
    private Path root;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            defaultValue = "code",
            description = "Protocol to follow where the paper and the code of the reference differ: code or paper. "
                    + "Default: code.")
    private String protocol;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--scenes",
            paramLabel = "N",
            defaultValue = "56",
            description = "Number of synthetic scenes. Default: ${DEFAULT-VALUE}.")
    private int scenes;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--views",
            paramLabel = "N[-M]",
            defaultValue = "1-4",
            description = "Number of views of each synthetic scene, or a range of numbers to use in turn. "
                    + "Default: ${DEFAULT-VALUE}.")
    private String views;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--size",
            paramLabel = "HxW",
            split = ",",
            defaultValue = "112x168,168x224",
            description = "Height and width of synthetic images, multiples of 14; several sizes are used in turn. "
                    + "Default: ${DEFAULT-VALUE}.")
    private List<String> sizes;

    @HelpGroup.In(HelpGroup.INPUT)
    @Option(
            names = "--families",
            paramLabel = "FAMILY",
            split = ",",
            defaultValue = "room,street,pile,corridor,low_texture,thin_structures,wide_baseline",
            description = "Families of synthetic scenes, used in turn. Default: all (${DEFAULT-VALUE}).")
    private List<String> families;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    /**
     * Returns the chosen suite.
     *
     * @throws IOException if the data set cannot be read
     * @throws IllegalArgumentException if an option is invalid or has no effect on the suite
     */
    Suite suite() throws IOException {
        if (suite.equals(SYNTHETIC)) {
            OptionConflicts.reject(spec, DATA_SET_OPTIONS, "--suite " + suite);
            return syntheticSuite();
        }
        if (!Suites.names().contains(suite)) {
            throw Check.invalid("suite", SYNTHETIC + " or one of " + String.join(", ", Suites.names()), suite);
        }
        OptionConflicts.reject(spec, SYNTHETIC_OPTIONS, "--suite " + suite);
        if (root == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--root=DIR'");
        }
        return Suites.byName(suite, root, DataSetOptions.defaults().withProtocol(protocol()));
    }

    private Protocol protocol() {
        return switch (protocol) {
            case "code" -> Protocol.CODE;
            case "paper" -> Protocol.PAPER;
            default -> throw Check.invalid("protocol", "code or paper", protocol);
        };
    }

    private SyntheticSuite syntheticSuite() {
        if (!views.matches("\\d{1,3}(-\\d{1,3})?")) {
            throw Check.invalid("views", "N or N-M", views);
        }
        String[] bounds = views.split("-");
        return new SyntheticSuite(
                scenes,
                Integer.parseInt(bounds[0]),
                Integer.parseInt(bounds[bounds.length - 1]),
                sizes.stream().map(EvaluationSuites::size).toList(),
                families.stream().map(SceneFamily::ofId).toList());
    }

    private static SyntheticSuite.Size size(String text) {
        SizeOption size = SizeOption.parse(text);
        return new SyntheticSuite.Size(size.height(), size.width());
    }
}

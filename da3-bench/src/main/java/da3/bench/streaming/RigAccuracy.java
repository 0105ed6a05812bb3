package da3.bench.streaming;

import da3.streaming.LoopMethod;
import da3.streaming.StreamingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Prints the errors of streaming with an oracle predictor on a drive of six cameras without overlap through a street, with
 * the rig and, for comparison, without it: {@code RigAccuracy DIRECTORY [LENGTH [SEEDS [WIDTHxHEIGHT [STEP]]]]}. LENGTH and
 * STEP, the distance between instants, are in meters.
 */
public final class RigAccuracy {

    static final int INSTANTS = 8;
    static final int SHARED = 2;

    /** Standard deviation of the error of each coordinate of a camera center in meters. */
    static final double MISPLACEMENT = 0.02;

    private RigAccuracy() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        double length = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 1000;
        int seeds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 2;
        String[] size = (arguments.length > 3 ? arguments[3] : "42x28").split("x", 2);
        double step = arguments.length > 4 ? Double.parseDouble(arguments[4]) : 2;
        System.out.println(
                "| seed | rig | instants | length, m | length in the map by true | mean scale | worst scale error of a"
                        + " window | scale of the last tenth by the first | distance at the end | warnings | seam within a window | across windows |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|");
        for (int seed = 1; seed <= seeds; seed++) {
            RigDrive drive = RigDrive.render(length, step, Integer.parseInt(size[0]), Integer.parseInt(size[1]), seed);
            RigOracle oracle = new RigOracle(drive, BuildingOracle.Errors.usual(), MISPLACEMENT, seed);
            StreamingOptions options = StreamingOptions.defaults().withLoops(LoopMethod.OFF);
            int cameras = drive.rig().size();
            print(seed, true, oracle, options.withRig(drive.rig(), INSTANTS, SHARED), directory);
            print(seed, false, oracle, options.withWindow(INSTANTS * cameras, SHARED * cameras), directory);
        }
    }

    private static void print(int seed, boolean rig, RigOracle oracle, StreamingOptions options, Path directory)
            throws IOException {
        RigResult r = RigResult.of(oracle, options, directory.resolve(seed + (rig ? "-rig" : "-free")));
        System.out.printf(
                Locale.ROOT,
                "| %d | %s | %d | %.0f | %.4f | %.4f | %.2f %% | %.4f | %.2f %% | %d | %.2f %% | %.2f %% |%n",
                seed,
                rig ? "yes" : "no",
                r.instants(),
                r.length(),
                r.lengthRatio(),
                r.meanScale(),
                100 * r.worstScale(),
                r.drift(),
                100 * r.endDistance(),
                r.warnings(),
                100 * r.seamWithin(),
                100 * r.seamAcross());
    }
}

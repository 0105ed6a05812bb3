package da3.evaluation.suite.dataset;

import da3.evaluation.Suite;
import da3.geometry.check.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The suites of published data sets by their names, as the command takes them. */
public final class Suites {

    private static final Map<String, Factory> FACTORIES = factories();

    private Suites() {}

    private interface Factory {
        DataSet open(Path root, Protocol protocol) throws IOException;
    }

    private static Map<String, Factory> factories() {
        Map<String, Factory> factories = new LinkedHashMap<>();
        factories.put("eth3d", (root, protocol) -> new Eth3d(root));
        factories.put("dtu", (root, protocol) -> new Dtu(root));
        factories.put("dtu64", (root, protocol) -> new Dtu64(root));
        factories.put("7scenes", SevenScenes::new);
        factories.put("scannetpp", ScanNetPlusPlus::new);
        factories.put("hiroom", HiRoom::new);
        factories.put("nyu", (root, protocol) -> new Nyu(root));
        factories.put("kitti", (root, protocol) -> new Kitti(root));
        factories.put("diode", (root, protocol) -> new Diode(root));
        factories.put("sintel", (root, protocol) -> new Sintel(root));
        factories.put("tanks", (root, protocol) -> new TanksAndTemples(root));
        factories.put("dl3dv", (root, protocol) -> new Dl3dv(root));
        factories.put("megadepth", (root, protocol) -> new MegaDepth(root));
        return factories;
    }

    /** Returns the names of all suites. */
    public static List<String> names() {
        return List.copyOf(FACTORIES.keySet());
    }

    /**
     * Opens the suite of a data set.
     *
     * @param name one of {@link #names}
     * @param root folder of the data set
     * @throws IOException if a file that lists the scenes is missing or malformed; the message names it
     * @throws IllegalArgumentException if there is no such suite
     */
    public static Suite byName(String name, Path root, DataSetOptions options) throws IOException {
        Objects.requireNonNull(root);
        Factory factory = FACTORIES.get(name);
        if (factory == null) {
            throw Check.invalid("suite", "one of " + names(), name);
        }
        return new DataSetSuite(name, factory.open(root, options.protocol()), options);
    }
}

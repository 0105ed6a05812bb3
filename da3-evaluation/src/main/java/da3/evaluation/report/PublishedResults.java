package da3.evaluation.report;

import da3.evaluation.run.ComparedResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Published figures of the data sets of the paper. AUC is in percent, F1 a share, chamfer distances are in the unit of the
 * data set.
 *
 * <p>Source: paper, tables 2 and 3; reference file docs/BENCHMARK.md for surfaces.
 */
public final class PublishedResults {

    private static final String PAPER = "paper of Depth Anything 3";
    private static final String REFERENCE = "documentation of the reference's benchmark";

    /** Columns of the tables below. */
    private static final List<String> DATA_SETS = List.of("hiroom", "eth3d", "dtu", "7scenes", "scannetpp");

    private static final Map<String, double[]> AUC3 = new LinkedHashMap<>();
    private static final Map<String, double[]> AUC30 = new LinkedHashMap<>();

    static {
        AUC3.put("DA3-Giant", new double[] {80.3, 48.4, 94.1, 28.5, 85.0});
        AUC30.put("DA3-Giant", new double[] {95.9, 91.2, 99.4, 86.8, 98.1});
        AUC3.put("DA3-Large", new double[] {58.7, 32.2, 70.2, 29.2, 60.2});
        AUC30.put("DA3-Large", new double[] {94.2, 86.9, 96.7, 86.6, 94.7});
        AUC3.put("DA3-Base", new double[] {19.0, 15.1, 60.1, 20.1, 25.1});
        AUC30.put("DA3-Base", new double[] {83.2, 74.6, 95.9, 82.9, 83.4});
        AUC3.put("DA3-Small", new double[] {9.49, 8.59, 30.6, 14.0, 10.9});
        AUC30.put("DA3-Small", new double[] {75.2, 62.1, 91.2, 78.7, 71.9});
        AUC3.put("VGGT", new double[] {49.1, 26.3, 79.2, 23.9, 62.6});
        AUC30.put("VGGT", new double[] {88.0, 80.8, 99.8, 85.0, 95.1});
        AUC3.put("Pi3", new double[] {67.0, 35.2, 62.5, 25.5, 50.7});
        AUC30.put("Pi3", new double[] {94.8, 87.3, 94.9, 86.3, 92.1});
    }

    // DA3-Giant; NaN where there is none
    private static final double[] UNPOSED_F1 = {0.8629, 0.7876, Double.NaN, 0.5043, 0.7831};
    private static final double[] UNPOSED_OVERALL = {0.0457, 0.4366, 1.7927, 0.1230, 0.0676};
    private static final double[] POSED_F1 = {0.9546, 0.8685, Double.NaN, 0.5635, 0.8045};
    private static final double[] POSED_OVERALL = {0.0213, 0.3679, 1.7488, 0.1092, 0.0649};

    private PublishedResults() {}

    /**
     * Returns the figures of a data set.
     *
     * @param suite description of a suite, which begins with the id of the data set and a colon
     * @return one for each system; none for other suites
     */
    public static List<ComparedResult> of(String suite) {
        String id = suite.split(":", 2)[0].toLowerCase(Locale.ROOT);
        boolean surfaces = !id.equals("dtu64"); // cameras are of 64 views, surfaces of 49
        int column = DATA_SETS.indexOf(id.equals("dtu64") ? "dtu" : id);
        if (column < 0) {
            return List.of();
        }
        List<ComparedResult> results = new ArrayList<>();
        if (!id.equals("dtu")) {
            AUC3.forEach((system, auc3) -> results.add(new ComparedResult(
                    system + ", published",
                    PAPER,
                    Map.of("pose.head_paper_auc3", auc3[column], "pose.head_paper_auc30", AUC30.get(system)[column]))));
        }
        if (surfaces) {
            Map<String, Double> values = new LinkedHashMap<>();
            put(values, "recon_unposed.f1", UNPOSED_F1[column]);
            put(values, "recon_unposed.overall", UNPOSED_OVERALL[column]);
            put(values, "recon_posed.f1", POSED_F1[column]);
            put(values, "recon_posed.overall", POSED_OVERALL[column]);
            results.add(new ComparedResult("DA3-Giant, expected", REFERENCE, values));
        }
        return results;
    }

    private static void put(Map<String, Double> values, String metric, double value) {
        if (!Double.isNaN(value)) {
            values.put(metric, value);
        }
    }
}

package da3.cli;

import da3.export.ExportFormat;
import java.util.List;
import picocli.CommandLine.Option;

/** Which features are looked at. */
final class FeatureMixin {

    @Option(
            names = "--export-feat",
            paramLabel = "LAYERS",
            split = ",",
            description = "Blocks of the backbone, counted from 0 and joined by commas, whose features feat_vis shows.")
    private List<Integer> layers = List.of();

    @Option(
            names = "--feat-vis-fps",
            paramLabel = "N",
            defaultValue = "15",
            description = "Views a second in the videos of feat_vis; default ${DEFAULT-VALUE}.")
    private double framesPerSecond;

    List<Integer> layers() {
        return layers;
    }

    double framesPerSecond() {
        return framesPerSecond;
    }

    void requireFor(List<ExportFormat> formats) {
        if (formats.contains(ExportFormat.FEAT_VIS) && layers.isEmpty()) {
            throw new IllegalArgumentException(
                    "feat_vis shows features of layers, and none is named; legal: for instance --export-feat 5,11");
        }
    }
}

package da3.cli;

import da3.geometry.Scene;
import da3.io.DepthVis;
import da3.io.MiniNpz;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What {@code --export-format} names. */
enum ExportFormat {
    /** Depth, confidence and cameras as one NumPy archive. */
    MINI_NPZ("exports/mini_npz") {
        @Override
        List<Path> write(Scene scene, Path directory) throws IOException {
            return List.of(MiniNpz.write(scene, directory));
        }
    },
    /** Every photo beside a picture of its depth. */
    DEPTH_VIS("depth_vis") {
        @Override
        List<Path> write(Scene scene, Path directory) throws IOException {
            return DepthVis.write(scene, directory);
        }
    };

    /** Where in an export directory it writes. */
    private final String folder;

    ExportFormat(String folder) {
        this.folder = folder;
    }

    abstract List<Path> write(Scene scene, Path directory) throws IOException;

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    Path folderIn(Path exportDirectory) {
        return exportDirectory.resolve(folder);
    }

    /**
     * @param formats names joined by {@code -}
     * @throws IllegalArgumentException for an unknown name; the message lists the legal ones
     */
    static List<ExportFormat> parse(String formats) {
        List<ExportFormat> parsed = new ArrayList<>();
        for (String id : formats.split("-", -1)) {
            parsed.add(Arrays.stream(values())
                    .filter(format -> format.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown export format '" + id
                            + "'; legal, joined by -: "
                            + Arrays.stream(values()).map(ExportFormat::id).collect(Collectors.joining(", ")))));
        }
        return parsed;
    }
}

package da3.train.data;

import da3.geometry.ScalarMap;
import da3.geometry.check.Check;
import da3.io.GrayImages;
import da3.io.NpyArray;
import da3.io.Pfm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads depth maps as they are stored: counts of gray PNG files, or floats of PFM files and NumPy arrays. */
final class DepthFiles {

    /** Extensions of depth maps, in the order in which they are looked for. */
    static final List<String> EXTENSIONS = List.of(".png", ".pfm", ".npy");

    private DepthFiles() {}

    /**
     * Reads a file of the format that its extension names.
     *
     * @throws IOException if it cannot be read, is damaged, or has another extension or more than one channel; the
     *     message names it
     */
    static ScalarMap read(Path file) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".png")) {
            return GrayImages.read(file);
        }
        if (name.endsWith(".pfm")) {
            return Pfm.read(file);
        }
        if (name.endsWith(".npy")) {
            return array(file);
        }
        throw new IOException(
                Check.message("depth file " + file, "a file with the extension " + extensions(), "another one"));
    }

    private static ScalarMap array(Path file) throws IOException {
        NpyArray array = NpyArray.read(file);
        int[] shape = array.shape();
        if (shape.length != 2 || shape[0] < 1 || shape[1] < 1) {
            throw new IOException(Check.message("shape of " + file, "(rows, columns)", Arrays.toString(shape)));
        }
        return new ScalarMap(shape[1], shape[0], array.floats(0, array.count()));
    }

    /** Returns the extensions for messages. */
    static String extensions() {
        return String.join(" or ", EXTENSIONS);
    }
}

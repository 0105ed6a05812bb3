package da3.weights.safetensors;

import java.util.List;
import java.util.Locale;

/**
 * Detects pickle checkpoints of PyTorch, so that errors can name them. They are never loaded, since loading a pickle
 * can run code.
 */
public final class PickleFiles {

    private static final List<String> SUFFIXES = List.of(".bin", ".pt", ".pth", ".ckpt", ".pkl");

    private PickleFiles() {}

    /** Returns whether a file has a typical name of a PyTorch checkpoint. */
    public static boolean isPickleName(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return SUFFIXES.stream().anyMatch(name::endsWith);
    }

    /**
     * Returns the message for a pickle checkpoint.
     *
     * @param file name of the file in the message
     */
    public static String errorMessage(Object file) {
        return file + " is a PyTorch pickle, which can run code and is never opened; convert it with safetensors";
    }

    /**
     * Returns whether the first eight bytes are those of a pickle or of a zip archive written by PyTorch. As the length
     * of a safetensors header they would be beyond the limit.
     */
    static boolean isPickleStart(long firstEightBytes) {
        boolean zip = (firstEightBytes & 0xffff_ffffL) == 0x0403_4b50L;
        long protocol = firstEightBytes >>> 8 & 0xff;
        boolean pickle = (firstEightBytes & 0xff) == 0x80 && protocol >= 2 && protocol <= 5;
        return zip || pickle;
    }
}

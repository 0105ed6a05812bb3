package da3.weights.safetensors;

import java.util.List;
import java.util.Locale;

/**
 * Tells PyTorch's own checkpoints from safetensors files, so that errors can name them. They are never opened: a pickle
 * is a program, and reading one runs it.
 */
public final class PickleFiles {

    private static final List<String> SUFFIXES = List.of(".bin", ".pt", ".pth", ".ckpt", ".pkl");

    private PickleFiles() {}

    /** Whether a file is called as PyTorch's checkpoints are. */
    public static boolean isNamedLikeOne(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return SUFFIXES.stream().anyMatch(name::endsWith);
    }

    /** @param file how the message names it */
    public static String refusal(Object file) {
        return file + " is a PyTorch pickle, which can run code and is never opened; convert it with safetensors";
    }

    /**
     * Whether the first eight bytes are those of a pickle or of a zip archive, as PyTorch writes them. As the length of
     * a safetensors header they would be beyond any limit, so that there is no doubt.
     */
    static boolean begins(long firstEightBytes) {
        boolean zip = (firstEightBytes & 0xffff_ffffL) == 0x0403_4b50L;
        long protocol = firstEightBytes >>> 8 & 0xff;
        boolean pickle = (firstEightBytes & 0xff) == 0x80 && protocol >= 2 && protocol <= 5;
        return zip || pickle;
    }
}

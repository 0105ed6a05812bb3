package da3.weights.config;

import java.util.regex.Pattern;

/** What an index may call the files of its tensors: plain names, which stay in the folder that they are put in. */
public final class WeightsFileName {

    /** For messages. */
    public static final String LEGAL = "letters, digits, '_', '-' and '.', ending in .safetensors";

    private static final Pattern PLAIN = Pattern.compile("\\w[\\w.-]{0,200}\\.safetensors");

    /** Names that Windows keeps for devices, whatever follows the dot. */
    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");

    private WeightsFileName() {}

    public static boolean isLegal(String name) {
        return PLAIN.matcher(name).matches() && !isDevice(name);
    }

    /** Whether a name means a device on some system. */
    public static boolean isDevice(String name) {
        return DEVICE.matcher(name).matches();
    }
}

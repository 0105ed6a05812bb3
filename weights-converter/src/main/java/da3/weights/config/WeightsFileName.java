package da3.weights.config;

import java.util.regex.Pattern;

/** Checks names of weights files in an index: plain names without folders. */
public final class WeightsFileName {

    /** The requirement for a name, for messages. */
    public static final String REQUIREMENT = "a name of letters, digits, '_', '-' and '.' that ends in .safetensors";

    private static final Pattern PLAIN = Pattern.compile("\\w[\\w.-]{0,200}\\.safetensors");

    /** Names that Windows reserves for devices, with any extension. */
    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");

    private WeightsFileName() {}

    public static boolean isValid(String name) {
        return PLAIN.matcher(name).matches() && !isDevice(name);
    }

    /** Returns whether a name is reserved for a device on Windows. */
    public static boolean isDevice(String name) {
        return DEVICE.matcher(name).matches();
    }
}

package da3.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The resident memory of this process. */
final class ResidentMemory {

    private ResidentMemory() {}

    /** Returns the bytes of resident memory that is not backed by files. */
    static long anonymousBytes() {
        return bytes("RssAnon:");
    }

    /** Returns the bytes of all resident memory. */
    static long bytes() {
        return bytes("VmRSS:");
    }

    /** Returns the peak of resident memory in bytes. */
    static long peakBytes() {
        return bytes("VmHWM:");
    }

    private static long bytes(String field) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith(field)) {
                    return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot read /proc/self/status", e);
        }
        throw new IllegalStateException("/proc/self/status has no line " + field);
    }
}

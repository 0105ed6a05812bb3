package da3.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** The memory of this process in bytes, as Linux reports it; empty on other systems. */
public final class ProcessMemory {

    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessMemory() {}

    /** Returns the peak of resident memory. */
    public static OptionalLong peak() {
        return read("VmHWM:");
    }

    /** Returns the resident memory. */
    public static OptionalLong resident() {
        return read("VmRSS:");
    }

    /** Returns the resident memory that is not backed by files. */
    public static OptionalLong anonymous() {
        return read("RssAnon:");
    }

    private static OptionalLong read(String field) {
        try {
            return Files.isReadable(STATUS) ? field(Files.readAllLines(STATUS), field) : OptionalLong.empty();
        } catch (IOException unreadable) {
            return OptionalLong.empty();
        }
    }

    /**
     * Returns the bytes of a field.
     *
     * @param lines such as {@code MemAvailable:   24109812 kB}
     */
    static OptionalLong field(List<String> lines, String field) {
        return lines.stream()
                .filter(line -> line.startsWith(field) && line.endsWith(" kB"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst();
    }
}

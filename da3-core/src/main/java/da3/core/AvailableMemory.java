package da3.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** What this machine could give to a process now without swapping, as Linux estimates it. */
final class AvailableMemory {

    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final String KEY = "MemAvailable:";

    private AvailableMemory() {}

    /** Empty where the system does not tell. */
    static OptionalLong bytes() {
        try {
            return Files.isReadable(MEMINFO) ? parse(Files.readAllLines(MEMINFO)) : OptionalLong.empty();
        } catch (IOException unreadable) {
            return OptionalLong.empty();
        }
    }

    /** @param lines such as {@code MemAvailable:   24109812 kB} */
    static OptionalLong parse(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(KEY) && line.endsWith(" kB"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst();
    }
}

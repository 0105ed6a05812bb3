package da3.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What a process could take now without swapping: what Linux estimates for the machine, or what the process's container or
 * the limit on its address space leaves, whichever is least.
 */
final class AvailableMemory {

    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final String KEY = "MemAvailable:";

    private AvailableMemory() {}

    /** Empty where the system does not tell. */
    static OptionalLong bytes() {
        return Stream.of(machine(), ControlGroup.available(), AddressSpace.available())
                .flatMapToLong(OptionalLong::stream)
                .min();
    }

    private static OptionalLong machine() {
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

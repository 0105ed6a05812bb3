package da3.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The memory that this process can allocate now without swapping: the smallest of the kernel's estimate for the machine,
 * the rest of the container's limit and the rest of the limit on address space.
 */
final class AvailableMemory {

    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final String KEY = "MemAvailable:";

    private AvailableMemory() {}

    /** Returns the available bytes; empty if the system does not report them. */
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
        return ProcessMemory.field(lines, KEY);
    }
}

package da3.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * The address space that a limit ({@code ulimit -v}) leaves to this process. Beyond the limit allocations fail, and a
 * native library that does not handle that ends the process.
 */
final class AddressSpace {

    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Path STATUS = Path.of("/proc/self/status");

    private AddressSpace() {}

    /** Returns the remaining bytes; empty if no limit is set or the system does not report it. */
    static OptionalLong available() {
        try {
            return Files.isReadable(LIMITS) && Files.isReadable(STATUS)
                    ? available(Files.readAllLines(LIMITS), Files.readAllLines(STATUS))
                    : OptionalLong.empty();
        } catch (IOException unreadable) {
            return OptionalLong.empty();
        }
    }

    /**
     * Returns the remaining bytes according to two files of Linux.
     *
     * @param limits lines such as {@code Max address space     4096000000     unlimited     bytes}; the first number is the
     *     limit in force
     * @param status lines such as {@code VmSize:   1389752 kB}
     */
    static OptionalLong available(List<String> limits, List<String> status) {
        OptionalLong limit = limits.stream()
                .filter(line -> line.matches("Max address space +\\d+ .*"))
                .mapToLong(line -> Long.parseLong(line.split(" +")[3]))
                .findFirst();
        OptionalLong used = ProcessMemory.field(status, "VmSize:");
        return limit.isPresent() && used.isPresent()
                ? OptionalLong.of(Math.max(0, limit.getAsLong() - used.getAsLong()))
                : OptionalLong.empty();
    }
}

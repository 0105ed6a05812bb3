package da3.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * The memory that a container leaves to its processes, read from Linux control groups, version 2 or 1. The kernel counts
 * inactive file pages as used; they are subtracted here, since it reclaims them before an allocation fails.
 */
final class ControlGroup {

    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private ControlGroup() {}

    /** Returns the remaining bytes; empty if no limit is set or the system does not report it. */
    static OptionalLong available() {
        OptionalLong versionTwo = available(ROOT, "memory.max", "memory.current", "inactive_file");
        return versionTwo.isPresent()
                ? versionTwo
                : available(
                        ROOT.resolve("memory"),
                        "memory.limit_in_bytes",
                        "memory.usage_in_bytes",
                        "total_inactive_file");
    }

    private static OptionalLong available(Path group, String limit, String usage, String inactive) {
        try {
            return Files.isReadable(group.resolve(limit)) && Files.isReadable(group.resolve(usage))
                    ? available(
                            Files.readString(group.resolve(limit)),
                            Files.readString(group.resolve(usage)),
                            Files.readAllLines(group.resolve("memory.stat")),
                            inactive)
                    : OptionalLong.empty();
        } catch (IOException unreadable) {
            return OptionalLong.empty();
        }
    }

    /**
     * Returns the remaining bytes according to the files of a control group.
     *
     * @param limit limit in bytes, or {@code max} for none; version 1 writes a huge number for none
     * @param usage used bytes
     * @param stat lines such as {@code inactive_file 4096}
     * @param inactive key of the line of {@code stat} that counts inactive file pages
     */
    static OptionalLong available(String limit, String usage, List<String> stat, String inactive) {
        if (limit.strip().equals("max")) {
            return OptionalLong.empty();
        }
        long reclaimable = stat.stream()
                .filter(line -> line.startsWith(inactive + " "))
                .mapToLong(line -> Long.parseLong(line.substring(inactive.length() + 1)))
                .findFirst()
                .orElse(0);
        long used = Math.max(0, Long.parseLong(usage.strip()) - reclaimable);
        return OptionalLong.of(Math.max(0, Long.parseLong(limit.strip()) - used));
    }
}

package da3.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a container leaves to its processes: Linux's control groups, version 2 or 1, as they are mounted in it. Files that
 * the kernel keeps in memory and nothing used lately count as used there, but are given back before anything is refused.
 */
final class ControlGroup {

    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private ControlGroup() {}

    /** Empty where no limit is set, or the system does not tell. */
    static OptionalLong available() {
        OptionalLong second = available(ROOT, "memory.max", "memory.current", "inactive_file");
        return second.isPresent()
                ? second
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
     * @param limit in bytes, or {@code max} for none; version 1 writes a number beyond any memory
     * @param usage in bytes
     * @param stat lines such as {@code inactive_file 4096}
     * @param inactive key of the line of {@code stat} that counts files nothing used lately
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

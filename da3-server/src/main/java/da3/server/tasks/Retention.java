package da3.server.tasks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Which ended tasks go: the too old, and of too many or too large ones the oldest; the newest is never too large. */
final class Retention {

    private Retention() {}

    static List<TaskEntry> toRemove(Collection<TaskEntry> entries, TaskSettings settings, Instant now) {
        List<TaskEntry> ended = entries.stream()
                .filter(entry -> entry.task().status().ended())
                .sorted(Comparator.comparing(Retention::end).reversed())
                .toList();
        List<TaskEntry> removed = new ArrayList<>();
        Instant oldest = now.minus(settings.keepFor());
        long bytes = 0;
        int kept = 0;
        for (TaskEntry entry : ended) { // the newest first
            bytes += entry.bytes();
            boolean fits = kept < settings.keepTasks()
                    && (kept == 0 || bytes <= settings.keepBytes())
                    && !end(entry).isBefore(oldest);
            if (fits || entry.isHeld()) {
                kept++;
            } else {
                bytes -= entry.bytes();
                removed.add(entry);
            }
        }
        return removed;
    }

    private static Instant end(TaskEntry entry) {
        return entry.task().completedAt().orElseThrow();
    }
}

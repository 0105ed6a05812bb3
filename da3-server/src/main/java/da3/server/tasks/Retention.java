package da3.server.tasks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Selects ended tasks to remove: those that are too old, and the oldest ones beyond the limits of number and size. */
final class Retention {

    private Retention() {}

    /** Returns the tasks to remove. The size limit never removes the newest task, and pinned tasks are kept. */
    static List<TaskEntry> toRemove(Collection<TaskEntry> entries, TaskSettings settings, Instant now) {
        List<TaskEntry> ended = entries.stream()
                .filter(entry -> entry.task().status().ended())
                .sorted(Comparator.comparing(Retention::end).reversed())
                .toList();
        List<TaskEntry> removed = new ArrayList<>();
        Instant oldest = now.minus(settings.keepFor());
        long bytes = 0;
        int kept = 0;
        for (TaskEntry entry : ended) { // newest first
            bytes += entry.bytes();
            boolean isKept = kept < settings.keepTasks()
                    && (kept == 0 || bytes <= settings.keepBytes())
                    && !end(entry).isBefore(oldest);
            if (isKept || entry.isPinned()) {
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

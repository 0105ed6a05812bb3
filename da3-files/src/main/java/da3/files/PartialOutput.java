package da3.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A temporary file or folder next to its target, which {@link #commit} moves to the target. {@link #close} deletes an
 * output that was not committed, and so does a process that receives SIGTERM or SIGINT. If a process is killed, the
 * next process that writes the same target deletes the output if it has not changed for an hour.
 */
public final class PartialOutput implements AutoCloseable {

    private static final Duration STALE = Duration.ofHours(1);
    private static final Pattern ENDING = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.part");

    private static final OpenOutputs OPEN = new OpenOutputs();

    private static final Set<CountDownLatch> LAST_WRITES = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(PartialOutput::end, "da3-partial-files"));
    }

    private final Path target;
    private final Path path;

    private PartialOutput(Path target) {
        this.target = target;
        this.path = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
    }

    /**
     * Reserves a temporary path in the directory of the target; creates no file.
     *
     * @param target path of the committed output, not a root
     * @throws IOException if the process is shutting down
     */
    public static PartialOutput beside(Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        try {
            removeStale(absolute);
        } catch (IOException | UncheckedIOException e) {
            // It belongs to another user, or another process is deleting it.
        }
        PartialOutput output = new PartialOutput(absolute);
        OPEN.add(output);
        return output;
    }

    /**
     * Delays the deletion of open outputs on shutdown until a latch opens, for programs that save their work then.
     */
    public static void writeUntil(CountDownLatch saved) {
        LAST_WRITES.add(saved);
    }

    private static void end() {
        try {
            for (CountDownLatch saved : LAST_WRITES) {
                saved.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // deletes the open outputs without further waiting
        }
        OPEN.end();
    }

    /** Returns the temporary path to write to before {@link #commit}. */
    public Path path() {
        return path;
    }

    /** Moves the output atomically to the target, replacing an existing file. */
    public void commit() throws IOException {
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Deletes the output if it was not committed. */
    @Override
    public void close() throws IOException {
        try {
            remove(path);
        } finally {
            OPEN.remove(this); // last, so that a shutdown in between still deletes it
        }
    }

    /** The outputs of this process that are not closed. */
    private static final class OpenOutputs {
        private final Set<PartialOutput> outputs = new LinkedHashSet<>();
        private boolean ending;

        synchronized void add(PartialOutput output) throws IOException {
            if (ending) {
                throw new IOException("the process is shutting down");
            }
            outputs.add(output);
        }

        synchronized void remove(PartialOutput output) {
            outputs.remove(output);
        }

        /** Deletes all outputs and rejects new ones. */
        synchronized void end() {
            ending = true;
            for (PartialOutput output : outputs) {
                try {
                    PartialOutput.remove(output.path);
                } catch (IOException e) {
                    // The next process that writes this target deletes it.
                }
            }
        }
    }

    private static void removeStale(Path target) throws IOException {
        if (!Files.isDirectory(target.getParent())) {
            return;
        }
        String start = "." + target.getFileName() + ".";
        Instant newest = Instant.now().minus(STALE);
        for (Path entry : list(target.getParent())) {
            String name = entry.getFileName().toString();
            if (name.startsWith(start)
                    && ENDING.matcher(name.substring(start.length())).matches()
                    && lastChange(entry).isBefore(newest)) {
                remove(entry);
            }
        }
    }

    /** Returns the time of the last change of a file, or of a folder and all that is in it. */
    private static Instant lastChange(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            Instant last = Instant.MIN;
            for (Path one : all.toList()) {
                Instant changed = Files.getLastModifiedTime(one).toInstant();
                last = changed.isAfter(last) ? changed : last;
            }
            return last;
        } catch (NoSuchFileException e) {
            return Instant.MAX; // its process deleted it in the meantime
        }
    }

    /** Deletes a file, or a folder and all that is in it; does not follow links. */
    private static synchronized void remove(Path path) throws IOException {
        if (Files.notExists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}

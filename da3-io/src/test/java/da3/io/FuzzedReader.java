package da3.io;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A reader that is given damaged copies of a sound file. It may read them, or refuse them with an exception that it
 * declares and whose message is not empty.
 *
 * @param sample a file that the reader reads
 * @param declared the exceptions that the reader documents for damaged files
 */
public record FuzzedReader(String name, byte[] sample, List<Class<? extends Exception>> declared, Reading reading) {

    /** How many copies each reader is given, from the system property {@code da3.fuzz}. */
    private static final int MUTATIONS = Integer.getInteger("da3.fuzz", 300);

    /** A hang; the files are so small that reading takes milliseconds. */
    private static final int MOST_SECONDS = 5;

    private static final int MOST_FAILURES = 20;

    /** Reads a file with these bytes. */
    @FunctionalInterface
    public interface Reading {
        void read(byte[] file) throws Exception;
    }

    /**
     * Reads the sample, then its damaged copies.
     *
     * @throws AssertionError naming the seeds of {@link Mutations#of} that the reader failed on, one for each place in
     *     the code
     */
    public void fuzz() throws Exception {
        reading.read(sample);
        Map<String, AssertionError> failures = new LinkedHashMap<>();
        AtomicInteger seed = new AtomicInteger();
        FutureTask<Void> all = new FutureTask<>(() -> {
            for (; seed.get() < MUTATIONS && failures.size() < MOST_FAILURES; seed.incrementAndGet()) {
                read(seed.get(), failures);
            }
            return null;
        });
        Thread thread = new Thread(all, name);
        thread.setDaemon(true); // one that hangs must not keep the tests from ending
        thread.start();
        awaitProgress(all, seed);
        if (!failures.isEmpty()) {
            AssertionError error = new AssertionError(name + " failed at " + failures.keySet());
            failures.values().forEach(error::addSuppressed);
            throw error;
        }
    }

    private void read(int seed, Map<String, AssertionError> failures) {
        try {
            reading.read(Mutations.of(sample, seed));
        } catch (Throwable thrown) {
            if (!isRefusal(thrown)) {
                failures.putIfAbsent(place(thrown), new AssertionError(name + " with seed " + seed, thrown));
            }
        }
    }

    /** Returns when all copies are read. */
    private void awaitProgress(FutureTask<Void> all, AtomicInteger seed) throws Exception {
        while (true) {
            int last = seed.get();
            try {
                all.get(MOST_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                if (seed.get() == last) {
                    throw new AssertionError(name + " took more than " + MOST_SECONDS + " s with seed " + last, e);
                }
            }
        }
    }

    private boolean isRefusal(Throwable thrown) {
        return declared.stream().anyMatch(type -> type.isInstance(thrown))
                && thrown.getMessage() != null
                && !thrown.getMessage().isBlank();
    }

    private static String place(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return thrown.getClass().getName() + (trace.length == 0 ? "" : " in " + trace[0]);
    }

    /** Returns the name alone, for the reports of parameterized tests. */
    @Override
    public String toString() {
        return name;
    }
}

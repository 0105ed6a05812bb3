package da3.io;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A reader under test with damaged copies of an intact file. It may read them, or refuse them with an exception that it
 * declares and whose message is not empty.
 *
 * @param sample an intact file
 * @param declared the exceptions that the reader documents for damaged files
 */
public record FuzzedReader(String name, byte[] sample, List<Class<? extends Exception>> declared, Reading reading) {

    /** Number of damaged copies for each reader, from the system property {@code da3.fuzz}. */
    private static final int MUTATIONS = Integer.getInteger("da3.fuzz", 300);

    /** Time without progress that counts as a hang; reading one of the small files takes milliseconds. */
    private static final int MAX_SECONDS = 5;

    private static final int MAX_FAILURES = 20;

    /** Reads a file with these bytes. */
    @FunctionalInterface
    public interface Reading {
        void read(byte[] file) throws Exception;
    }

    /**
     * Reads the sample, then its damaged copies.
     *
     * @throws AssertionError with the seeds of {@link Mutations#of} that the reader failed on, one for each failing
     *     line of code
     */
    public void fuzz() throws Exception {
        reading.read(sample);
        Map<String, AssertionError> failures = new LinkedHashMap<>();
        AtomicInteger seed = new AtomicInteger();
        FutureTask<Void> all = new FutureTask<>(() -> {
            for (; seed.get() < MUTATIONS && failures.size() < MAX_FAILURES; seed.incrementAndGet()) {
                read(seed.get(), failures);
            }
            return null;
        });
        Thread thread = new Thread(all, name);
        thread.setDaemon(true); // a hanging thread must not keep the JVM alive
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
                failures.putIfAbsent(location(thrown), new AssertionError(name + " with seed " + seed, thrown));
            }
        }
    }

    /** Waits until all copies are read. */
    private void awaitProgress(FutureTask<Void> all, AtomicInteger seed) throws Exception {
        while (true) {
            int last = seed.get();
            try {
                all.get(MAX_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                if (seed.get() == last) {
                    throw new AssertionError(name + " took more than " + MAX_SECONDS + " s with seed " + last, e);
                }
            }
        }
    }

    private boolean isRefusal(Throwable thrown) {
        return declared.stream().anyMatch(type -> type.isInstance(thrown))
                && thrown.getMessage() != null
                && !thrown.getMessage().isBlank();
    }

    private static String location(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return thrown.getClass().getName() + (trace.length == 0 ? "" : " in " + trace[0]);
    }

    /** Returns only the name, for the reports of parameterized tests. */
    @Override
    public String toString() {
        return name;
    }
}

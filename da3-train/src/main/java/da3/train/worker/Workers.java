package da3.train.worker;

import da3.train.data.Batch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Workers that share the batches of a step.
 *
 * <p>Batches have equal numbers of scenes, so the gradient of the step is the mean of their gradients. The objective
 * averages over the valid pixels of a batch; in batches with fewer of them, each pixel has slightly more weight than in
 * one large batch. Sums run over batches in order, so they do not depend on which worker finishes first.
 *
 * @param <P> prediction for a batch
 */
public final class Workers<P> implements AutoCloseable {

    private final List<GradientWorker<P>> workers;
    private final ExecutorService threads;

    /** @param workers at least one; closed with this object */
    public Workers(List<GradientWorker<P>> workers) {
        this.workers = List.copyOf(workers);
        ThreadFactory daemons = task -> {
            Thread thread = new Thread(task, "da3 training worker");
            thread.setDaemon(true);
            return thread;
        };
        this.threads = Executors.newFixedThreadPool(workers.size(), daemons);
    }

    /**
     * Returns the mean of terms and gradients over batches; worker i processes the batches i, i + workers, and so on.
     */
    public GradientWorker.Gradients gradients(List<Batch> batches, long step) {
        List<GradientWorker.Gradients> all = onBatches(batches, worker -> batch -> worker.gradients(batch, step));
        Map<String, Double> terms = new LinkedHashMap<>();
        for (GradientWorker.Gradients one : all) {
            one.terms().forEach((name, value) -> terms.merge(name, value / all.size(), Double::sum));
        }
        List<float[]> sums = new ArrayList<>(all.get(0).gradients());
        for (int i = 0; i < sums.size(); i++) {
            for (GradientWorker.Gradients one : all.subList(1, all.size())) {
                sums.set(i, sum(sums.get(i), one.gradients().get(i)));
            }
            scale(sums.get(i), 1f / all.size());
        }
        return new GradientWorker.Gradients(terms, sums);
    }

    /**
     * Applies a function to every batch, and returns the results in the order of the batches.
     *
     * @param function returns the function that a worker applies to its batches, on a thread of its own
     */
    public <T> List<T> onBatches(List<Batch> batches, Function<GradientWorker<P>, Function<Batch, T>> function) {
        List<Future<List<T>>> running = new ArrayList<>();
        for (int w = 0; w < workers.size(); w++) {
            int first = w;
            Function<Batch, T> work = function.apply(workers.get(w));
            running.add(threads.submit(() -> {
                List<T> results = new ArrayList<>();
                for (int i = first; i < batches.size(); i += workers.size()) {
                    results.add(work.apply(batches.get(i)));
                }
                return results;
            }));
        }
        List<List<T>> byWorker = running.stream().map(Workers::get).toList();
        List<T> results = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            results.add(byWorker.get(i % workers.size()).get(i / workers.size()));
        }
        return results;
    }

    /**
     * Assigns the same values to all workers.
     *
     * @param values one array for each trained parameter; not changed
     */
    public void assign(List<float[]> values) {
        onAll(worker -> worker.assign(values));
    }

    private void onAll(Consumer<GradientWorker<P>> work) {
        workers.stream()
                .map(worker -> threads.submit(() -> work.accept(worker)))
                .toList()
                .forEach(Workers::get);
    }

    private static float[] sum(float[] a, float[] b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        for (int i = 0; i < a.length; i++) {
            a[i] += b[i];
        }
        return a;
    }

    private static void scale(float[] values, float factor) {
        for (int i = 0; values != null && i < values.length; i++) {
            values[i] *= factor;
        }
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        workers.forEach(GradientWorker::close);
    }
}

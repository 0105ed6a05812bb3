package da3.streaming;

import da3.streaming.frame.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Predicts several windows at the same time. Window i comes from predictions i modulo their number, each on a thread of
 * its own, while earlier windows are predicted, aligned and stored. Single predictions run on the calling thread when
 * their result is needed.
 */
final class ConcurrentPredictions implements AutoCloseable {

    private final List<WindowPredictions> predictions;
    private final List<ExecutorService> threads = new ArrayList<>();

    ConcurrentPredictions(List<WindowPredictions> predictions) {
        this.predictions = predictions;
        if (predictions.size() > 1) {
            predictions.forEach(each -> threads.add(Executors.newSingleThreadExecutor()));
        }
    }

    /** A prediction that has begun. */
    @FunctionalInterface
    interface Begun {

        /**
         * Waits for the prediction and returns it.
         *
         * @throws IOException if it cannot be read
         */
        WindowPrediction await() throws IOException;
    }

    /** Begins the prediction of a window. Waiting for it throws what the predictor throws. */
    Begun submit(int window, List<Frame> frames) {
        int index = window % predictions.size();
        WindowPredictions each = predictions.get(index);
        if (threads.isEmpty()) {
            return () -> each.of(window, frames);
        }
        Future<WindowPrediction> prediction = threads.get(index).submit(() -> each.of(window, frames));
        return () -> await(prediction);
    }

    private static WindowPrediction await(Future<WindowPrediction> prediction) throws IOException {
        try {
            return prediction.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the thread that waits for a prediction was interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new CompletionException(e.getCause());
        }
    }

    /** Interrupts the predictions that are not complete, and waits for their threads. */
    @Override
    public void close() {
        threads.forEach(ExecutorService::shutdownNow);
        boolean interrupted = false;
        for (ExecutorService thread : threads) {
            while (!thread.isTerminated()) {
                try {
                    thread.awaitTermination(1, TimeUnit.HOURS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package da3.streaming;

import da3.streaming.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Predicts windows with one or several predictors. Window i is predicted by predictor i modulo their number, each on a
 * thread of its own, while earlier windows are predicted, aligned and stored. A single predictor runs on the calling thread
 * when its result is needed.
 */
final class WindowPredictions implements AutoCloseable {

    private final List<WindowPredictor> predictors;
    private final List<ExecutorService> threads = new ArrayList<>();

    WindowPredictions(List<WindowPredictor> predictors) {
        this.predictors = predictors;
        if (predictors.size() > 1) {
            predictors.forEach(predictor -> threads.add(Executors.newSingleThreadExecutor()));
        }
    }

    /**
     * Begins the prediction of a window and returns its result, which waits for the end and throws what the predictor
     * throws.
     */
    Supplier<WindowPrediction> submit(int window, List<Frame> frames) {
        int index = window % predictors.size();
        WindowPredictor predictor = predictors.get(index);
        if (threads.isEmpty()) {
            return () -> predictor.predict(frames);
        }
        Future<WindowPrediction> prediction = threads.get(index).submit(() -> predictor.predict(frames));
        return () -> await(prediction);
    }

    private static WindowPrediction await(Future<WindowPrediction> prediction) {
        try {
            return prediction.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the thread that waits for a prediction was interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
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

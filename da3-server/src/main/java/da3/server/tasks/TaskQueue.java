package da3.server.tasks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A bounded blocking FIFO queue. */
final class TaskQueue<T> {

    private final int capacity;
    private final Deque<T> waiting = new ArrayDeque<>();
    private boolean closed;

    TaskQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Adds a task; returns false if the queue is full or closed. */
    synchronized boolean offer(T task) {
        if (closed || waiting.size() == capacity) {
            return false;
        }
        waiting.add(task);
        notifyAll();
        return true;
    }

    synchronized boolean isFull() {
        return waiting.size() == capacity;
    }

    synchronized void remove(T task) {
        waiting.remove(task);
    }

    synchronized int size() {
        return waiting.size();
    }

    /** Waits for the next task; returns empty once the queue is closed. */
    synchronized Optional<T> take() {
        boolean interrupted = false; // by a late cancellation of the previous task
        while (waiting.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted && closed) {
            Thread.currentThread().interrupt();
        }
        Optional<T> next = Optional.ofNullable(closed ? null : waiting.peek());
        if (next.isPresent()) {
            waiting.remove(); // last, so that no task is lost if memory runs out before
        }
        return next;
    }

    /** Closes the queue, and returns the waiting tasks. */
    synchronized List<T> close() {
        closed = true;
        List<T> rest = new ArrayList<>(waiting);
        waiting.clear();
        notifyAll();
        return rest;
    }
}

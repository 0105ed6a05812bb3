package da3.nn.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class EngineThreadTest {

    private final EngineThread thread = new EngineThread("test-engine");

    @AfterEach
    void close() {
        thread.close(() -> {});
    }

    @Test
    void callsFromSeveralThreadsRunInSequenceOnOneThread() throws InterruptedException {
        List<Thread> ranOn = new ArrayList<>(); // not synchronized: only the engine thread may access it
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            callers.add(new Thread(() -> {
                for (int call = 0; call < 100; call++) {
                    thread.run(() -> ranOn.add(Thread.currentThread()));
                }
            }));
        }
        callers.forEach(Thread::start);
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(thread.run(ranOn::size)).isEqualTo(800);
        assertThat(ranOn).containsOnly(ranOn.get(0));
        assertThat(ranOn.get(0).getName()).isEqualTo("test-engine");
        assertThat(ranOn.get(0).isDaemon()).isTrue();
    }

    @Test
    void workMayBeNested() {
        assertThat(thread.<Thread>run(() -> thread.run(Thread::currentThread)))
                .isSameAs(thread.<Thread>run(Thread::currentThread));
    }

    @Test
    void rethrowsExceptionsOfWork() {
        RuntimeException unchecked = new IllegalArgumentException("a");
        IOException checked = new IOException("b");
        Error error = new StackOverflowError("c");
        assertThatThrownBy(() -> thread.run(throwing(unchecked))).isSameAs(unchecked);
        assertThatThrownBy(() -> thread.run(throwing(checked)))
                .isInstanceOf(IllegalStateException.class)
                .hasCause(checked);
        assertThatThrownBy(() -> thread.run(() -> {
                    throw error;
                }))
                .isSameAs(error);
        assertThatThrownBy(() -> thread.run(() -> thread.run(throwing(unchecked))))
                .isSameAs(unchecked);
        assertThat(thread.<Integer>run(() -> 7)).isEqualTo(7);
    }

    @Test
    void anInterruptedCallerWaitsAndStaysInterrupted() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        AtomicInteger result = new AtomicInteger();
        Thread caller = new Thread(() -> {
            int value = thread.run(() -> {
                running.countDown();
                finish.await();
                return 7;
            });
            result.set(Thread.currentThread().isInterrupted() ? value : -1);
        });
        caller.start();
        running.await();
        caller.interrupt();
        finish.countDown();
        caller.join();
        assertThat(result).hasValue(7);
    }

    @Test
    void notifiesWorkOfAnInterrupt() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch notified = new CountDownLatch(1);
        AtomicInteger result = new AtomicInteger();
        Thread caller = new Thread(() -> result.set(thread.run(
                () -> {
                    running.countDown();
                    notified.await();
                    return 7;
                },
                notified::countDown)));
        caller.start();
        running.await();
        caller.interrupt();
        caller.join();
        assertThat(result).hasValue(7);
    }

    @Test
    void closingWaitsForEarlierCallsAndHappensOnce() throws InterruptedException {
        List<String> done = new ArrayList<>();
        CountDownLatch running = new CountDownLatch(1);
        Thread caller = new Thread(() -> thread.run(() -> {
            running.countDown();
            Thread.sleep(20);
            return done.add("work");
        }));
        caller.start();
        running.await();
        thread.close(() -> done.add("first close"));
        thread.close(() -> done.add("second close"));
        caller.join();
        assertThat(done).containsExactly("work", "first close");
    }

    @Test
    void aClosedEngineRejectsWork() {
        thread.close(() -> {});
        assertThatThrownBy(() -> thread.run(() -> 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("test-engine", "closed");
    }

    @Test
    void workCannotCloseItsEngine() {
        assertThatThrownBy(() -> thread.run(() -> {
                    thread.close(() -> {});
                    return null;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("test-engine");
        assertThat(thread.<Integer>run(() -> 7)).isEqualTo(7);
    }

    private static Callable<Object> throwing(Exception e) {
        return () -> {
            throw e;
        };
    }
}

package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BackgroundTest {

    @Test
    void returnsTheResultOfAnotherThread() throws IOException {
        assertThat(Background.start("background", () -> Thread.currentThread().getName())
                        .get())
                .isEqualTo("background");
    }

    @Test
    void rethrowsExceptions() {
        for (Throwable thrown : new Throwable[] {
            new NoSuchFileException("x"), new IllegalArgumentException("y"), new OutOfMemoryError("z")
        }) {
            Background<Void> work = Background.start("background", () -> {
                if (thrown instanceof Error error) {
                    throw error;
                }
                throw (Exception) thrown;
            });
            assertThatThrownBy(work::get).isSameAs(thrown);
        }
    }

    @Test
    void anInterruptEndsWaitingAndIsKept() {
        CountDownLatch never = new CountDownLatch(1);
        Background<Void> work = Background.start("background", () -> {
            never.await();
            return null;
        });
        Thread.currentThread().interrupt();
        assertThatThrownBy(work::get).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        never.countDown();
    }
}

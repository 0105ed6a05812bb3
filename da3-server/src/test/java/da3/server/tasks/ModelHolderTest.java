package da3.server.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.core.Request;
import da3.geometry.Image;
import da3.nn.Progress;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ModelHolderTest {

    private static final Request REQUEST = Request.of(List.of(new Image(1, 1, new byte[3])));

    private final List<FakeModel> loaded = new ArrayList<>();
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch onwards = new CountDownLatch(1);

    private final ModelHolder holder = new ModelHolder("first", this::load);

    @Test
    void loadsLazily() throws Exception {
        assertThat(holder.status().loaded()).isFalse();
        assertThat(holder.status().processingSize()).isEmpty();
        assertThat(holder.status().name()).isEqualTo("first");
        holder.warmUp();
        while (!holder.status().loaded()) {
            Thread.sleep(2);
        }
        ModelStatus status = holder.status();
        assertThat(status.processingSize()).hasValue(504);
        assertThat(status.engine()).contains("imagination");
        assertThat(status.camera()).isTrue();
        assertThat(status.gaussians()).isFalse();
        assertThat(status.metric()).isFalse();
        assertThat(status.lastUsed()).isEmpty();
        onwards.countDown();
        holder.predict(REQUEST, Progress.SILENT);
        assertThat(holder.status().lastUsed()).isPresent();
        assertThat(loaded).hasSize(1);
        holder.close();
        holder.close();
        assertThat(loaded.get(0).closed).isTrue();
        assertThatThrownBy(holder::loadIfNeeded).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void reloadWaitsForTheRunningPrediction() throws Exception {
        Thread call = new Thread(() -> {
            try {
                holder.predict(REQUEST, Progress.SILENT);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        call.start();
        running.await();
        Thread reload = new Thread(() -> {
            try {
                holder.reload("second");
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        reload.start();
        while (reload.getState() != Thread.State.WAITING) {
            Thread.sleep(2);
        }
        assertThat(loaded).hasSize(1);
        assertThat(loaded.get(0).closed).isFalse();
        assertThat(holder.loadIfNeeded()).isSameAs(loaded.get(0)); // does not wait for the prediction
        onwards.countDown();
        reload.join();
        assertThat(loaded).hasSize(2);
        assertThat(loaded.get(0).closed).isTrue();
        assertThat(holder.status().name()).isEqualTo("second");
        call.join();
    }

    @Test
    void failedReloadKeepsThePreviousName() throws Exception {
        onwards.countDown();
        holder.loadIfNeeded();
        assertThatThrownBy(() -> holder.reload("missing")).isInstanceOf(NoSuchFileException.class);
        assertThat(holder.status().loaded()).isFalse();
        assertThat(holder.status().failure()).contains("missing: missing is not in the cache");
        holder.predict(REQUEST, Progress.SILENT);
        assertThat(holder.status().name()).isEqualTo("first");
        assertThat(holder.status().failure()).isEmpty();
    }

    @Test
    void interruptEndsTheWaitForTheModel() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> holder.predict(REQUEST, Progress.SILENT)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private ServedModel load(String name) throws IOException {
        if (name.equals("missing")) {
            throw new NoSuchFileException(name, null, "is not in the cache");
        }
        FakeModel model = new FakeModel() {
            @Override
            void between(int block) {
                running.countDown();
                try {
                    onwards.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        };
        loaded.add(model);
        return model;
    }
}

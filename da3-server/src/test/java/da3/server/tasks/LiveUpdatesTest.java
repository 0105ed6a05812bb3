package da3.server.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LiveUpdatesTest {

    private long nanos;
    private int count;
    private final LiveUpdates updates = new LiveUpdates(() -> count++, () -> nanos);

    @Test
    void loopsUpdateAtMostEveryFiveSecondsAndAtTheEnd() throws IOException {
        updates.windowStored();
        for (int second = 1; second <= 12; second++) {
            nanos = Duration.ofSeconds(second).toNanos();
            updates.loopAccepted();
        }
        assertThat(count).isEqualTo(3);
        updates.finish();
        assertThat(count).isEqualTo(4);
    }

    @Test
    void eachWindowUpdatesAndTheEndOnlyAfterALoop() throws IOException {
        updates.windowStored();
        updates.windowStored();
        updates.finish();
        assertThat(count).isEqualTo(2);
    }
}

package da3.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import da3.geometry.Image;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskOptionsTest {

    @Test
    void requestsNeverAskForAHashOfTheWeights() {
        TaskOptions options = TaskOptions.defaults().withJob(job -> job.inference(o -> o.weightsHash(true)));
        List<Image> images = List.of(new Image(1, 1, new byte[3]));
        assertThat(options.request(images).options().weightsHash()).isFalse();
    }
}

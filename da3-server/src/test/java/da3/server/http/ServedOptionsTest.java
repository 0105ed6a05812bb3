package da3.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests native size, independent images and measured depths, from form fields to results. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServedOptionsTest {

    private ServiceFixture service;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        service = ServiceFixture.start(folder, ServerSettings.defaults());
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void nativeMapsHaveTheSizeOfTheImages() throws Exception {
        JsonNode views = service.get("/task/" + service.completed(Map.of("native_size", "true")) + "/scene")
                .path("views");
        assertThat(views).hasSize(2);
        assertThat(views).allSatisfy(view -> {
            assertThat(view.path("width").asInt()).isEqualTo(SampleImages.WIDTH);
            assertThat(view.path("height").asInt()).isEqualTo(SampleImages.HEIGHT);
        });
    }

    @Test
    void independentImagesMayHaveDifferentSizes() throws Exception {
        RawHttp.Reply reply = upload(Map.of("independent", "true"));
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        JsonNode task = service.await(
                UUID.fromString(ServiceFixture.json(reply).path("task_id").asText()), "completed");
        assertThat(task.path("export_format").asText()).isEqualTo("depth_vis");
        JsonNode views =
                service.get("/task/" + task.path("task_id").asText() + "/scene").path("views");
        assertThat(views.get(0).path("height").asInt())
                .isNotEqualTo(views.get(1).path("height").asInt());
    }

    @Test
    void measuredDepthsMakeASceneMetric() throws Exception {
        String samples = "[[[10.5,8,2.5],[10.5,8,2.5],[10.5,8,2.5]],[]]";
        UUID task = service.completed(Map.of("sparse_depth", samples));
        assertThat(service.get("/task/" + task + "/scene").path("metric").asBoolean())
                .isTrue();
        assertThat(service.get("/task/" + task)
                        .at("/request/sparse_depth/0/2/2")
                        .asDouble())
                .isEqualTo(2.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    independent  | true                | export_format | glb      | format of independent images must be
                    native_size  | true                | export_format | mini_npz | size of all maps in mini_npz must be the same
                    sparse_depth | [[[1,1,1]]]         | seed          | 1        | number of priors
                    sparse_depth | [[[999,1,1]],[]]    | seed          | 1        | position of depth sample 0 of view 0 must be inside the image
                    sparse_depth | [[[1,1,1]],[]]      | independent   | true     | number of depth samples of independent image 0
                    """)
    void invalidCombinationsAreRejectedBeforeInference(
            String field, String value, String other, String otherValue, String sentence) throws Exception {
        RawHttp.Reply reply = upload(Map.of(field, value, other, otherValue));
        assertThat(reply.status()).as(reply.text()).isEqualTo(422);
        assertThat(ServiceFixture.json(reply).path("error").asText()).startsWith(sentence);
    }

    /** Uploads two images of different sizes. */
    private RawHttp.Reply upload(Map<String, String> fields) throws Exception {
        Map<String, byte[]> images = new LinkedHashMap<>();
        images.put("a.png", SampleImages.png(1));
        images.put("b.png", SampleImages.png(2, SampleImages.WIDTH, SampleImages.WIDTH));
        return service.upload(fields, images);
    }
}

package da3.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import da3.server.tasks.ModelHolder;
import da3.server.tasks.TaskService;
import da3.server.tasks.TaskSettings;
import io.javalin.Javalin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the submission of tasks over HTTP. */
class InferenceHandlerTest {

    @TempDir
    private Path folder;

    @Test
    void queuedTaskKeepsItsUploadIfAListenerFails() throws Exception {
        Semaphore let = new Semaphore(0);
        ServerSettings settings = ServerSettings.defaults();
        try (ModelHolder model = GatedModel.holder(let);
                TaskService tasks = TaskService.open(TaskSettings.of(folder), model)) {
            AllowedRoots roots = new AllowedRoots(List.of(), folder);
            InferenceHandler handler = new InferenceHandler(tasks, settings, roots, task -> {
                throw new IllegalStateException("a listener failed");
            });
            Route route = handler.routes().get(0);
            Javalin server = Javalin.create(config -> {
                config.startup.showJavalinBanner = false;
                config.routes.addHttpHandler(route.method(), route.path(), route.handler());
                ErrorResponses.register(config.routes);
            });
            server.start("127.0.0.1", 0);
            try {
                byte[] form = ServiceFixture.form(Map.of("export_format", "glb"), Map.of("a.png", SampleImages.png(1)));
                RawHttp.Reply reply = RawHttp.send(server.port(), ServiceFixture.POST_FORM, form);
                assertThat(reply.status()).as(reply.text()).isEqualTo(202);
                let.release();
                UUID id = UUID.fromString(
                        ServiceFixture.json(reply).path("task_id").asText());
                for (int i = 0;
                        i < 1200 && !tasks.find(id).orElseThrow().status().ended();
                        i++) {
                    Thread.sleep(25);
                }
                assertThat(tasks.find(id).orElseThrow().error()).isEmpty();
                assertThat(tasks.results().files(id)).isNotEmpty();
            } finally {
                server.stop();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000", "0.001", "0", "-1"})
    void rejectsInvalidFrameRates(String rate) throws Exception {
        try (ServiceFixture service = ServiceFixture.start(folder, ServerSettings.defaults())) {
            RawHttp.Reply reply = service.upload(Map.of("feat_vis_fps", rate), Map.of("a.png", SampleImages.png(1)));
            assertThat(reply.status()).isEqualTo(422);
            JsonNode error = ServiceFixture.json(reply).path("error");
            assertThat(error.asText()).startsWith("feat_vis_fps: ").contains("0.01 to 240");
            assertThat(folder.resolve("tasks")).isEmptyDirectory();
            assertThat(folder.resolve("uploads")).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "workspace", "workspace/uploads"})
    void rejectsAllowedDirectoriesThatOverlapTheWorkspace(String allowed) throws Exception {
        Path workspace = folder.resolve("workspace");
        Files.createDirectories(workspace.resolve("uploads"));
        ServerSettings settings = ServerSettings.defaults().withAllowedRoots(List.of(folder.resolve(allowed)));
        assertThatThrownBy(() -> new AllowedRoots(settings.allowedRoots(), workspace))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be outside the workspace " + workspace.toRealPath());
    }
}

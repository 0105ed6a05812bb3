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

/** From a request to a task, or to a refusal before anything is computed. */
class InferenceHandlerTest {

    @TempDir
    private Path folder;

    @Test
    void aQueuedTaskKeepsItsUploadWhateverItsListenersDo() throws Exception {
        Semaphore let = new Semaphore(0);
        ServerSettings settings = ServerSettings.defaults();
        try (ModelHolder model = HeldModel.holder(let);
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
                byte[] form = Service.form(Map.of("export_format", "glb"), Map.of("a.png", Pictures.png(1)));
                Raw.Reply reply = Raw.send(server.port(), Service.POST_FORM, form);
                assertThat(reply.status()).as(reply.text()).isEqualTo(202);
                let.release();
                UUID id = UUID.fromString(Service.json(reply).path("task_id").asText());
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
    void aRateThatNoVideoHasIsRefusedAtOnce(String rate) throws Exception {
        try (Service service = Service.start(folder, ServerSettings.defaults())) {
            Raw.Reply reply = service.upload(Map.of("feat_vis_fps", rate), Map.of("a.png", Pictures.png(1)));
            assertThat(reply.status()).isEqualTo(422);
            JsonNode error = Service.json(reply).path("error");
            assertThat(error.asText()).startsWith("feat_vis_fps: ").contains("0.01 to 240");
            assertThat(folder.resolve("tasks")).isEmptyDirectory();
            assertThat(folder.resolve("uploads")).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "workspace", "workspace/uploads"})
    void aWorkspaceThatRequestsCouldNameIsRefusedAtTheStart(String allowed) throws Exception {
        Path workspace = folder.resolve("workspace");
        Files.createDirectories(workspace.resolve("uploads"));
        ServerSettings settings = ServerSettings.defaults().withAllowedRoots(List.of(folder.resolve(allowed)));
        assertThatThrownBy(() -> new AllowedRoots(settings.allowedRoots(), workspace))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be apart from the workspace " + workspace.toRealPath());
    }
}

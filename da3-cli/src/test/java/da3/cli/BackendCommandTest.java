package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;

import da3.core.EngineOptions;
import da3.server.http.ServerSettings;
import da3.server.tasks.ModelHolder;
import da3.server.tasks.TaskSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BackendCommandTest {

    private static final String MODEL = "seeded:da3-small";
    private static final List<String> IMAGE_NAMES = List.of("room-left.jpg", "room-right.jpg");

    @TempDir
    private Path folder;

    @Test
    void theServiceAndTheCommandWriteEqualFiles() throws IOException {
        Path images = images();
        Path here = folder.resolve("here");
        Path there = folder.resolve("there");
        String[] work = {"images", images.toString(), "--process-res=56", "--export-format=mini_npz-glb-depth_vis"};
        CommandRun local = run(work, "--model=" + MODEL, "--export-dir=" + here);
        assertThat(local.exitCode()).as(local.err()).isZero();
        try (Backend backend = backend()) {
            String url = "--backend-url=" + backend.address();
            CommandRun remote = run(work, "--use-backend", url, "--export-dir=" + there);
            assertThat(remote.exitCode()).as(remote.err()).isZero();
            assertThat(remote.err()).contains("seeded weights are untrained");
            assertThat(remote.out().replace(there.toString(), here.toString()).lines())
                    .containsExactlyInAnyOrderElementsOf(local.out().lines().toList());
            for (String file : local.out().lines().toList()) {
                assertThat(there.resolve(here.relativize(Path.of(file)))).hasSameBinaryContentAs(Path.of(file));
            }

            CommandRun again = run(work, "--use-backend", url, "--export-dir=" + there);
            assertThat(again.exitCode()).isEqualTo(1);
            assertThat(again.err()).contains("already contains results; use --overwrite to replace them");

            CommandRun other = run(work, "--use-backend", url, "--model=seeded:da3-base", "--export-dir=" + folder);
            assertThat(other.err()).contains("--model must be " + MODEL, "got seeded:da3-base");

            CommandRun named =
                    run(work, "--use-backend", url, "--model=" + ModelMixin.DEFAULT, "--export-dir=" + folder);
            assertThat(named.exitCode()).isEqualTo(1);
            assertThat(named.err()).contains("--model must be " + MODEL, "got " + ModelMixin.DEFAULT);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--json",
                "--download",
                "--engine=auto",
                "--threads=1",
                "--precision=bf16",
                "--known-distance=1,1:9,9=2"
            })
    void localOptionsAreRejected(String option) throws IOException {
        CommandRun run = run(
                new String[] {"images", images().toString()},
                "--use-backend",
                "--backend-url=http://localhost:1",
                option,
                "--export-dir=" + folder.resolve("out"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(option.split("=")[0] + " cannot be combined with --use-backend");
    }

    @Test
    void theServiceSupportsNativeSizeAndIndependentImages() throws IOException {
        Path images = images();
        String[] work = {
            "images",
            images.toString(),
            "--process-res=56",
            "--native-size",
            "--independent",
            "--export-format=depth_pfm"
        };
        CommandRun local = run(work, "--model=" + MODEL, "--export-dir=" + folder.resolve("here"));
        assertThat(local.exitCode()).as(local.err()).isZero();
        try (Backend backend = backend()) {
            CommandRun remote = run(
                    work,
                    "--use-backend",
                    "--backend-url=" + backend.address(),
                    "--export-dir=" + folder.resolve("there"));
            assertThat(remote.exitCode()).as(remote.err()).isZero();
            for (String file : List.of("depth_pfm/0000.pfm", "depth_pfm/0001.pfm")) {
                assertThat(folder.resolve("there").resolve(file))
                        .hasSameBinaryContentAs(folder.resolve("here").resolve(file));
            }
        }
    }

    @Test
    void aMetricModelConvertsPredictionsOfTheServiceToMeters() throws IOException {
        Path metricModel = MetricModel.write(folder.resolve("meters"));
        String[] work = {"images", images().toString(), "--process-res=56", "--export-format=mini_npz-tum"};
        List<String> models = List.of("--model=da3-tiny", "--metric-model=" + metricModel);
        Path here = folder.resolve("here");
        CommandRun local = run(work, models.get(0), models.get(1), "--json", "--export-dir=" + here);
        assertThat(local.exitCode()).as(local.err()).isZero();
        assertThat(local.out()).contains("\"metric\":true");

        ModelMixin model = new ModelMixin(ModelMixin.DEFAULT);
        new CommandLine(model).parseArgs(models.toArray(String[]::new));
        try (Backend backend = backend(model.holder(EngineOptions.defaults()))) {
            String url = "--backend-url=" + backend.address();
            Path there = folder.resolve("there");
            CommandRun remote = run(work, "--use-backend", url, "--export-dir=" + there);
            assertThat(remote.exitCode()).as(remote.err()).isZero();
            assertThat(remote.err()).contains("da3-tiny with " + metricModel);
            for (String file : remote.out().lines().toList()) {
                assertThat(Path.of(file)).hasSameBinaryContentAs(here.resolve(there.relativize(Path.of(file))));
            }

            CommandRun other = run(work, "--use-backend", url, "--metric-model=other", "--export-dir=" + folder);
            assertThat(other.exitCode()).isEqualTo(1);
            assertThat(other.err())
                    .contains(
                            "--model must be da3-tiny with " + metricModel,
                            "got " + ModelMixin.DEFAULT + " with other");
        }
    }

    @Test
    void imageFilesAreUploadedUnchanged() throws IOException {
        Path image = images().resolve(IMAGE_NAMES.get(0));
        byte[] bytes = Files.readAllBytes(image);
        Path damaged = Files.write(folder.resolve("damaged.jpg"), Arrays.copyOf(bytes, bytes.length / 2));
        try (Backend backend = backend()) {
            CommandRun run = CommandRun.of(
                    "image",
                    damaged.toString(),
                    "--use-backend",
                    "--backend-url=" + backend.address(),
                    "--process-res=56",
                    "--export-dir=" + folder.resolve("out"));
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains(backend.address() + ": ").contains("damaged.jpg");
        }
    }

    @Test
    void anUnreachableServiceIsReported() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        CommandRun run = run(
                new String[] {"images", images().toString()},
                "--use-backend",
                "--backend-url=http://localhost:" + port,
                "--export-dir=" + folder.resolve("out"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("http://localhost:" + port).doesNotContain("Exception");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --host=0.0.0.0           | can be reached from other machines, and no token is set
                    --port=70000             | port must be from 0 to 65535, got 70000
                    --queue=0                | queueCapacity must be at least 1, got 0
                    --allow-path=/no/such    | /no/such
                    --gallery-dir=/no/such   | /no/such
                    --token-file=/no/such    | /no/such
                    --model=/no/such         | /no/such
                    """)
    void invalidServiceSettingsAreRejectedAtStart(String option, String sentence) {
        CommandRun run = run(
                new String[] {"backend", "--port=0", "--model=" + MODEL, "--workspace=" + folder.resolve("work")},
                option);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(sentence).doesNotContain("Exception");
    }

    @Test
    void aPortInUseIsReported() throws IOException {
        try (Backend backend = backend()) {
            CommandRun run = CommandRun.of(
                    "backend",
                    "--port=" + backend.address().getPort(),
                    "--model=" + MODEL,
                    "--workspace=" + folder.resolve("other"));
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("cannot listen on port");
        }
    }

    private Backend backend() throws IOException {
        return backend(ModelHolder.of(MODEL, EngineOptions.defaults()));
    }

    private Backend backend(ModelHolder model) throws IOException {
        return Backend.start(
                ServerSettings.defaults().withAddress("127.0.0.1", 0),
                TaskSettings.of(folder.resolve("workspace")),
                model);
    }

    private Path images() throws IOException {
        Path images = Files.createDirectories(folder.resolve("photos"));
        for (String name : IMAGE_NAMES) {
            try (InputStream in = Main.class.getResourceAsStream("sample/" + name)) {
                Files.copy(in, images.resolve(name));
            }
        }
        return images;
    }

    private static CommandRun run(String[] command, String... options) {
        List<String> all = new ArrayList<>(List.of(command));
        all.removeIf(word -> List.of(options).stream()
                .anyMatch(option ->
                        option.contains("=") && word.startsWith(option.substring(0, option.indexOf('=') + 1))));
        all.addAll(List.of(options));
        return CommandRun.of(all);
    }
}

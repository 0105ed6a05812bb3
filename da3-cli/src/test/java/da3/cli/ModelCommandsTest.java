package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests of {@code da3 model} with the smallest preset and seeded weights. */
class ModelCommandsTest {

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String LICENSED = "depth-anything/DA3-LARGE-1.1";

    /** The folder that {@code @} stands for in commands. */
    @TempDir
    static Path folder;

    @BeforeAll
    static void writeModels() throws IOException {
        run("model convert seeded:da3-small @small --precision F16");
        run("model convert @small @shards --precision BF16 --max-shard-size 30MB");
        Path weights = folder.resolve("small/model.safetensors");
        Files.copy(weights, folder.resolve("one.safetensors"));
        byte[] start = new byte[1000];
        try (var in = Files.newInputStream(weights)) {
            assertThat(in.readNBytes(start, 0, start.length)).isEqualTo(start.length);
        }
        Files.write(folder.resolve("cut.safetensors"), start);
        Files.createDirectory(folder.resolve("nothing"));
        Files.createDirectory(folder.resolve("pickled"));
        Files.write(folder.resolve("pickled/pytorch_model.bin"), new byte[] {(byte) 0x80, 2, '}', '.'});
        Files.writeString(folder.resolve("notes.txt"), "not of this program");
        Files.createDirectory(folder.resolve("named"));
        Files.writeString(folder.resolve("named/config.json"), "{\"model_name\": \"\\u001b[31mred\"}");
        Files.createLink(folder.resolve("named/model.safetensors"), weights);
        Path cached = folder.resolve("hub/models--" + LICENSED.replace("/", "--"));
        Path snapshot = Files.createDirectories(cached.resolve("snapshots/" + COMMIT));
        Files.createDirectories(cached.resolve("refs"));
        Files.writeString(cached.resolve("refs/main"), COMMIT);
        Files.copy(folder.resolve("small/config.json"), snapshot.resolve("config.json"));
        Files.createLink(snapshot.resolve("model.safetensors"), weights);
    }

    @ParameterizedTest
    @MethodSource({"lists", "infos", "conversions", "exports", "usage"})
    void commandsPrintExpectedTextAndChangeNoFiles(int exitCode, String command, List<String> parts)
            throws IOException {
        Map<String, String> before = contents();
        CommandRun run = CommandRun.of(words(command));
        assertThat(run.exitCode()).as("%s%n%s", command, run).isEqualTo(exitCode);
        assertThat(exitCode == 0 ? run.out() : run.err())
                .contains(parts.stream().map(ModelCommandsTest::expand).toList());
        assertThat(run.err() + run.out()).doesNotContain("\tat ", "Exception", "da3: unexpected", ".part", "\u001b");
        if (exitCode == FAILED) {
            assertThat(run.err()).startsWith("da3: ").hasLineCount(1);
        }
        assertThat(contents()).isEqualTo(before);
    }

    static Stream<Arguments> lists() {
        return Stream.of(succeeds("model list", "DA3-SMALL", "da3nested-giant-large", "CC-BY-NC-4.0", "0.14 GB"));
    }

    static Stream<Arguments> infos() {
        String network = "12 blocks of 384 channels and 6 heads, depth and rays, cameras";
        return Stream.of(
                succeeds("model info seeded:da3-small", "preset          da3-small", network, "read at inference"),
                succeeds("model info @small", "preset          da3-small", network, "as [F16]", "@small/model.safe"),
                succeeds("model info @one.safetensors", "preset          da3-small", "names           published"),
                succeeds(
                        "model info @shards",
                        "as [BF16]",
                        "@shards/model-00001-of-0000",
                        "@shards/model-00003-of-0000",
                        "unexpected      none"),
                succeeds("model info @shards/model.safetensors.index.json", "da3-small", "as [BF16]"),
                fails("model info @cut.safetensors", "header size of @cut.safetensors must be", "truncated"),
                fails("model info @nothing", "@nothing has no .safetensors files, expected model.safetensors"),
                fails("model info @pickled", "pytorch_model.bin is a PyTorch pickle", "never opened"),
                fails("model info @pickled/pytorch_model.bin", "is a PyTorch pickle"),
                fails("model info @notes.txt", "header size of @notes.txt must be", "not a safetensors file"),
                fails("model info @shards/model-00001-of-00003.safetensors", "does not match its model", "no tensor"),
                fails("model info @named", "config.json", "one of da3-small", "got '?[31mred'"),
                fails("model info @absent", "@absent does not exist"),
                fails("model info seeded:da3-huge", "'da3-huge'", "one of da3-small"),
                fails("model info a/b/c", "a/b/c does not exist"),
                fails("model info tiny", "'tiny'", "must be the path of a file or folder"));
    }

    static Stream<Arguments> conversions() {
        return Stream.of(
                fails("model convert @small @shards", "@shards already exists"),
                fails("model convert @small @one.safetensors", "@one.safetensors already exists"),
                fails("model convert @small @notes.txt --overwrite", "@notes.txt must be a directory"),
                fails("model convert @small @notes.txt/new", "@notes.txt/new cannot be written"),
                fails("model convert @small @notes.txt/m.safetensors", "@notes.txt/m.safetensors cannot be written"),
                fails("model convert @small / --overwrite", "target must be a path with a name", "got '/'"),
                fails("model convert @small EMPTY --overwrite", "target must be a path with a name", "got ''"),
                fails("model convert @small @new --max-shard-size 2XB", "'2XB'", "must be a number and KB, MB or GB"),
                fails("model convert @small @new --max-shard-size=-1MB", "'-1MB'", "for instance 2GB"),
                fails("model convert @small @new --max-shard-size 0KB", "maxShardBytes must be at least 1, got 0"),
                fails("model convert @small @new --precision F64", "precision must be F32, F16 or BF16, got F64"),
                fails(
                        "model convert @small @new.safetensors --max-shard-size 1MB",
                        "target of a conversion to shards must be a folder"),
                fails("model convert @cut.safetensors @new", "header size of @cut.safetensors must be"),
                fails("model convert @absent @new", "@absent does not exist"));
    }

    static Stream<Arguments> exports() {
        return Stream.of(
                fails("model export @small @new", "target must be a file that ends in .onnx, got '@new'"),
                fails("model export @small @new.onnx --size 100x100", "size must be HEIGHTxWIDTH", "'100x100'"),
                fails("model export @small @new.onnx --views 0", "views must be positive, got 0"),
                fails("model export @small @new.onnx --outputs depth,normals", "one of depth, camera", "'normals'"),
                fails("model export @small @new.onnx --outputs gaussians", "does not predict gaussians"),
                fails("model export @small @nowhere/new.onnx --size 14x14", "@nowhere does not exist"),
                fails("model export @absent @new.onnx", "@absent does not exist"));
    }

    static Stream<Arguments> usage() {
        return Stream.of(
                misused("model", "Usage: da3 model", "pull", "list", "info", "convert", "export"),
                misused("model info", "MODEL"),
                misused("model convert @small", "TARGET"),
                misused("model convert @small @new --precision half", "--precision", "half"),
                misused("model pull a/b c", "c"),
                fails("model pull a/b/c", "name of a model id must be 1 to 96 letters", "got 'b/c'"));
    }

    @Test
    void conversionsListTheirFilesAndKeepOthers() throws IOException {
        Path target = Files.createDirectory(folder.resolve("target"));
        Files.writeString(target.resolve("mine.txt"), "mine");
        CommandRun run = run("model convert @shards @target --precision BF16 --overwrite");
        assertThat(run.out().lines())
                .containsExactly(expand("@target/model.safetensors"), expand("@target/config.json"));
        assertThat(run.err()).matches("da3: \\d+ tensors, [\\d,]+ bytes as BF16\\R");
        run = run("model convert @target @target --precision F16 --max-shard-size 40MB --overwrite");
        assertThat(run.out().lines()).hasSize(4).endsWith(expand("@target/config.json"));
        try (Stream<Path> files = Files.list(target)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "config.json",
                            "mine.txt",
                            "model-00001-of-00002.safetensors",
                            "model-00002-of-00002.safetensors",
                            "model.safetensors.index.json");
        }
        assertThat(run("model info @target").out()).contains("da3-small", "as [F16]");
    }

    @Test
    void exportsPrintTheirFile() throws IOException {
        String command = "model export seeded:da3-tiny @tiny.onnx --size 28x42 --views 2 --cameras --int8";
        CommandRun run = run(command);
        assertThat(run.out().lines()).containsExactly(expand("@tiny.onnx"));
        assertThat(run.err()).contains("seeded weights are untrained");
        assertThat(Files.readString(folder.resolve("tiny.onnx"), StandardCharsets.ISO_8859_1))
                .contains("images", "pose_encodings", "depth_conf", "ray_conf", "pose_enc", "MatMulInteger");
        assertThat(CommandRun.of(words(command)).err()).contains(expand("@tiny.onnx already exists"));
        assertThat(run(command + " --overwrite").out()).isEqualTo(run.out());
        Files.delete(folder.resolve("tiny.onnx"));
    }

    /** Uses a separate process, since it needs another environment. */
    @Test
    void environmentVariablesConfigureTheHub() throws IOException, InterruptedException {
        assertThat(offline("model", "pull", "a/b"))
                .isEqualTo("1 da3: a/b is not in the cache " + folder.resolve("hub") + ", and HF_HUB_OFFLINE is set"
                        + System.lineSeparator());
        assertThat(offline("model", "convert", LICENSED, expand("@licensed.safetensors")))
                .startsWith("0 da3: the weights of " + LICENSED + " are under CC-BY-NC-4.0: not for commercial use")
                .contains(expand("@licensed.safetensors"));
    }

    private static String offline(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HF_HUB_CACHE", folder.resolve("hub").toString());
        builder.environment().put("HF_HUB_OFFLINE", "1");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue() + " " + output;
    }

    private static CommandRun run(String command) {
        CommandRun run = CommandRun.of(words(command));
        assertThat(run.exitCode()).as("%s%n%s", command, run).isZero();
        return run;
    }

    private static List<String> words(String command) {
        return Arrays.stream(command.split(" "))
                .map(word -> word.equals("EMPTY") ? "" : expand(word))
                .toList();
    }

    private static String expand(String text) {
        return text.replace("@", folder + "/");
    }

    private static Arguments succeeds(String command, String... parts) {
        return Arguments.of(0, command, List.of(parts));
    }

    private static Arguments fails(String command, String... parts) {
        return Arguments.of(FAILED, command, List.of(parts));
    }

    private static Arguments misused(String command, String... parts) {
        return Arguments.of(USAGE, command, List.of(parts));
    }

    /** Returns the contents of all files below the folder; for large files, their length and time. */
    private static Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                boolean small = Files.isRegularFile(file) && Files.size(file) < 1 << 20;
                contents.put(
                        folder.relativize(file).toString(),
                        small
                                ? Files.readString(file, StandardCharsets.ISO_8859_1)
                                : Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
        }
        return contents;
    }
}

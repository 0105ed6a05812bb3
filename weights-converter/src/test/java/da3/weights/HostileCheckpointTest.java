package da3.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.nn.WeightsException;
import da3.weights.config.HubConfig;
import da3.weights.safetensors.DType;
import da3.weights.safetensors.SafetensorsException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Corrupt, malicious and other invalid files are rejected with an error that names them. */
class HostileCheckpointTest {

    private static final String PICKLE = "is a PyTorch pickle, which can run code and is never opened";
    private static final String A = "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":";
    private static final String B = "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":";

    @TempDir
    Path dir;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "m.safetensors     | ''                 | has 0 bytes, expected at least 8",
                "m.safetensors     | 0100               | has 2 bytes",
                "m.safetensors     | 00e1f50500000000   | must be from 0 to 0 bytes, got 100000000",
                "m.safetensors     | ffffffffffffffff   | got 18446744073709551615",
                "m.safetensors     | 0000000000000000   | does not begin with {",
                "m.safetensors     | 504b03040000080800 | PICKLE",
                "m.safetensors     | 80028a0a6cfc9c46f9 | PICKLE",
                "pytorch_model.bin | 504b03040000080800 | PICKLE",
                "model.pt          | ''                 | PICKLE",
                "model.pth         | 7f454c4602010100   | PICKLE",
            })
    void otherFileTypes(String name, String hex, String message) throws IOException {
        Path file = Files.write(dir.resolve(name), HexFormat.of().parseHex(hex));
        assertRejected(file, SafetensorsException.class, file.toString(), message.replace("PICKLE", PICKLE));
    }

    @Test
    void headersLargerThanTheLimit() throws IOException {
        Path file = Files.write(dir.resolve("m.safetensors"), HexFormat.of().parseHex("01e1f50500000000"));
        SparseFiles.resize(file, 1L << 30);
        assertRejected(file, SafetensorsException.class, "must be from 0 to 100000000 bytes, got 100000001");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[0,8]}, B[4,12]}                  | 12 | offset of tensor b must be 8, the end of the previous tensor, got 4",
                "[0,8]}, B[12,20]}                 | 20 | offset of tensor b must be 8, the end of the previous tensor, got 12",
                "[0,8]}, B[8,16]}                  | 15 | must be [begin, end] within 0 to 15, got [8, 16]",
                "[0,8]}, B[8,16]}                  | 17 | the tensors take 16 bytes but the file has 17",
                "[0,8]}, A[8,16]}                  | 16 | duplicate tensor a",
                "[0,12]}                           | 12 | size of tensor a must be 8 bytes for shape [2] of F32, got 12",
                "[0,8], \"shape\":[2]}             | 8  | must be dtype, shape and data_offsets, each once, got shape",
                "[0,8], \"pickle\":1}              | 8  | each once, got pickle",
            })
    void inconsistentOffsets(String rest, long dataBytes, String message) throws IOException {
        String header = "{" + A + rest.replace("B[", B + "[").replace("A[", A + "[") + "}";
        Path file = SparseFiles.raw(dir.resolve("m.safetensors"), header, dataBytes);
        assertRejected(file, SafetensorsException.class, file.toString(), message);
    }

    @Test
    void acceptsTensorsInAnyOrder() throws IOException {
        Path file = SparseFiles.raw(dir.resolve("m.safetensors"), "{" + A + "[8,16]}," + B + "[0,8]}}", 16);
        Checkpoint.open(file).close();
    }

    @Test
    void truncatedFiles() throws IOException {
        Path file = SparseFiles.write(dir.resolve("m.safetensors"), DType.F32, Map.of("a", new long[] {1000}));
        for (long bytes : new long[] {4007, 100, 40, 9, 3}) {
            SparseFiles.resize(file, bytes);
            assertRejected(file, SafetensorsException.class, file.toString());
        }
    }

    @Test
    void aFileThatShrinksWhileItIsRead() throws IOException {
        Path file = SparseFiles.write(dir.resolve("m.safetensors"), DType.F32, Map.of("a", new long[] {4_000_000}));
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            SparseFiles.resize(file, 9_000_000);
            assertThatThrownBy(() -> checkpoint.read("a", new int[] {4_000_000}, FloatBuffer.allocate(4_000_000)))
                    .isInstanceOf(WeightsException.class)
                    .hasMessageContainingAll("tensor a", file.toString(), "9000000", "shrunk");
        }
    }

    @Test
    void foldersWithoutWeights() throws IOException {
        assertRejected(dir, WeightsException.class, "has no .safetensors files, expected model.safetensors, or");
        Files.createFile(dir.resolve("pytorch_model.bin"));
        assertRejected(dir, WeightsException.class, "pytorch_model.bin " + PICKLE);
        Files.createFile(dir.resolve("one.safetensors"));
        Files.createFile(dir.resolve("two.safetensors"));
        assertRejected(
                dir,
                WeightsException.class,
                "has 2 .safetensors files: [one.safetensors, two.safetensors], expected model");
        assertRejected(dir.resolve("absent"), NoSuchFileException.class, "absent");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"weight_map\":{\"a\":\"s1.safetensors\",\"b\":\"gone.safetensors\"}}   | names gone.safetensors, which is",
                "{\"weight_map\":{\"a\":\"../s1.safetensors\"}}                     | .safetensors, got \"../s1.safetensors\"",
                "{\"weight_map\":{\"a\":\"/etc/s1.safetensors\"}}                   | must be a name of letters, digits",
                "{\"weight_map\":{\"a\":\"sub\\\\s1.safetensors\"}}                 | must be a name of letters, digits",
                "{\"weight_map\":{\"a\":\"C:s1.safetensors\"}}                      | must be a name of letters, digits",
                "{\"weight_map\":{\"a\":\"..\"}}                                    | must be a name of letters, digits",
                "{\"weight_map\":{\"a\":\"s1.bin\"}}                                | must be a name of letters, digits",
                "{\"weight_map\":{\"a\":7}}                                         | got 7",
                "{\"weight_map\":{\"a\":\"s2.safetensors\",\"b\":\"s1.safetensors\"}} | a is in s2.safetensors, but it is in s1",
                "{\"weight_map\":{\"a\":\"s1.safetensors\",\"c\":\"s2.safetensors\"}} | c is in s2.safetensors, but it is in no file",
                "{\"weight_map\":{\"b\":\"s3.safetensors\"}}                        | does not name d, which is in s3",
                "{\"weight_map\":{}}                                                | has no weight_map",
                "{\"model_name\":\"da3-small\"}                                     | has no weight_map, expected an index",
                "[1]                                                                | has no weight_map",
                "{\"weight_map\":{\"a\":\"s1.safetensors\",\"a\":\"s2.safetensors\"}} | is not JSON: Duplicate",
                "{                                                                  | is not JSON",
            })
    void invalidIndices(String json, String message) throws IOException {
        shard("s1.safetensors", "a");
        shard("s2.safetensors", "b");
        shard("s3.safetensors", "b", "d");
        Path file = Files.writeString(dir.resolve("model.safetensors.index.json"), json);
        assertRejected(file, WeightsException.class, file.toString(), message);
    }

    @Test
    void quotedTextIsShortAndHarmless() throws IOException {
        String escape = "\\u001b]0;owned\\u0007\\u202e";
        Path index = dir.resolve("model.safetensors.index.json");
        Path config = dir.resolve("config.json");
        String name = escape + "n".repeat(5000);
        shard("s1.safetensors", "a");
        for (String json : new String[] {
            "{\"weight_map\":{\"NAME\":\"../x\"}}",
            "{\"weight_map\":{\"a\":\"NAME\"}}",
            "{\"weight_map\":{\"NAME\":\"s1.safetensors\"}}",
            "{\"weight_map\":{\"NAME\":\"s1.safetensors\",\"NAME\":\"s1.safetensors\"}}"
        }) {
            Files.writeString(index, json.replace("NAME", name));
            assertThatThrownBy(() -> Checkpoint.open(index)).satisfies(HostileCheckpointTest::assertHarmless);
        }
        for (String json : new String[] {
            "{\"model_name\":\"NAME\"}",
            "{\"config\":{\"NAME\":1,\"__object__\":{\"path\":\"NAME\",\"name\":\"x\",\"args\":\"as_params\"}}}",
            "{\"config\":{\"__object__\":{\"NAME\":\"x\",\"path\":\"x\",\"name\":\"x\",\"args\":\"as_params\"}}}"
        }) {
            Files.writeString(config, json.replace("NAME", name));
            assertThatThrownBy(() -> HubConfig.read(config)).satisfies(HostileCheckpointTest::assertHarmless);
        }
    }

    private static void assertHarmless(Throwable error) {
        assertThat(error).isInstanceOf(WeightsException.class);
        assertThat(error.getMessage()).matches("[\\x20-\\x7e]{10,700}").contains("owned");
    }

    @Test
    void oneTensorInTwoShards() throws IOException {
        shard("s1.safetensors", "a", "b");
        shard("s2.safetensors", "b");
        Files.writeString(
                dir.resolve("model.safetensors.index.json"),
                "{\"weight_map\":{\"a\":\"s1.safetensors\",\"b\":\"s2.safetensors\"}}");
        assertRejected(dir, WeightsException.class, "b is in ", "s1.safetensors and again in ", "s2.safetensors");
    }

    @Test
    void indicesThatAreTooDeepOrTooLong() throws IOException {
        Path file = dir.resolve("model.safetensors.index.json");
        Files.writeString(file, "{\"weight_map\":" + "[".repeat(1_000_000));
        assertRejected(dir, WeightsException.class, file.toString(), "not JSON");
        SparseFiles.resize(file, 1L << 32);
        assertRejected(dir, WeightsException.class, "longer than 16777216 bytes");
    }

    @Test
    void twoNamesForOneTensor() throws IOException {
        Path file = dir.resolve("m.safetensors");
        shard("m.safetensors", "module.net.x", "module.backbone.x");
        assertRejected(file, WeightsException.class, file.toString(), "both map to model.backbone.x");
    }

    private void shard(String name, String... tensors) throws IOException {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        for (String tensor : tensors) {
            shapes.put(tensor, new long[] {2});
        }
        SparseFiles.write(dir.resolve(name), DType.F32, shapes);
    }

    private static void assertRejected(Path path, Class<? extends Exception> type, String... message) {
        assertThatThrownBy(() -> Checkpoint.open(path)).isInstanceOf(type).hasMessageContainingAll(message);
    }
}

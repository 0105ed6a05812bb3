package da3.verify;

import static org.assertj.core.api.Assertions.assertThat;

import da3.core.EngineOptions;
import da3.weights.safetensors.SafetensorsFile;
import da3.weights.safetensors.TensorInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenCasesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("names")
    void computedTensorsMatchTheReference(String name) throws IOException {
        Run run = verify(GoldenFixtures.alone(name, folder));
        assertThat(run.passed()).as("%s%n%s", name, run.table()).isTrue();
        assertThat(run.table().lines()).last().asString().endsWith("0 failed, 0 skipped");
    }

    static List<String> names() throws IOException {
        return GoldenFixtures.names();
    }

    @ParameterizedTest
    @CsvSource({
        "storage-f16, out.depth",
        "storage-f16, out.extrinsics",
        "fn-umeyama-0, out.rotation",
        "fn-reference-view, out.middle_1",
        "fn-depth-vis-tensor, out.rgb"
    })
    void oneWrongValueFails(String name, String tensor) throws IOException {
        Path golden = GoldenFixtures.alone(name, folder);
        negateLast(golden.resolve("cases").resolve(name).resolve("tensors.safetensors"), tensor);
        Run run = verify(golden);
        assertThat(run.passed()).isFalse();
        assertThat(run.table().lines().filter(line -> line.endsWith("MISS")))
                .singleElement()
                .asString()
                .containsSubsequence(name, tensor);
        assertThat(run.table().lines()).last().isEqualTo("0 passed, 1 failed, 0 skipped");
    }

    @Test
    void aCaseThatCannotBeComputedDoesNotStopTheOthers() throws IOException {
        Path golden = GoldenFixtures.alone("storage-f16", folder);
        Path copy = golden.resolve("cases/storage-f16/case.json");
        Files.writeString(copy, Files.readString(copy).replace("\"first\"", "\"luckiest\""));
        Path other = GoldenFixtures.alone("fn-fov", folder).resolve("cases/fn-fov");
        Files.move(other, golden.resolve("cases/fn-fov"));
        Run run = verify(golden);
        assertThat(run.passed()).isFalse();
        assertThat(run.table()).contains("storage-f16", "could not be computed", "'luckiest'");
        assertThat(run.table().lines()).last().isEqualTo("1 passed, 1 failed, 0 skipped");
    }

    @Test
    void anUnknownFunctionIsSkippedAndIsNotASuccess() throws IOException {
        Path golden = GoldenFixtures.alone("fn-fov", folder);
        Path copy = golden.resolve("cases/fn-fov/case.json");
        Files.writeString(copy, Files.readString(copy).replace("get_fov", "brew_coffee"));
        Run run = verify(golden);
        assertThat(run.passed()).isFalse();
        assertThat(run.table().lines()).last().isEqualTo("0 passed, 0 failed, 1 skipped");
    }

    /** A case with the inputs of another function fails, but is not skipped. */
    @ParameterizedTest
    @ValueSource(strings = {"student_loss: the any-view objective", "optimise_student", "lora_merge"})
    void trainingFunctionsAreFoundByTheSpellingOfTheCases(String function) throws IOException {
        Path golden = GoldenFixtures.alone("fn-fov", folder);
        Path copy = golden.resolve("cases/fn-fov/case.json");
        Files.writeString(copy, Files.readString(copy).replace("get_fov", function));
        assertThat(verify(golden).table().lines()).last().isEqualTo("0 passed, 1 failed, 0 skipped");
    }

    @Test
    void anEmptyFolderOfCasesIsNotASuccess() throws IOException {
        Files.createDirectories(folder.resolve("cases"));
        Run run = verify(folder);
        assertThat(run.passed()).isFalse();
        assertThat(run.table().lines()).last().isEqualTo("0 passed, 0 failed, 0 skipped");
    }

    @Test
    void writtenTensorsAreReadBackEqual() throws IOException {
        String name = "fn-reference-view"; // selects and copies, so that results are bit-identical
        Path golden = GoldenFixtures.alone(name, folder);
        Path written = folder.resolve("deep/written");
        Run run = verify(golden, Optional.of(written));
        assertThat(run.passed()).as(run.table()).isTrue();
        Path source = golden.resolve("cases").resolve(name).resolve("tensors.safetensors");
        try (SafetensorsFile expected = SafetensorsFile.open(source);
                SafetensorsFile computed = SafetensorsFile.open(written.resolve(name + ".safetensors"))) {
            List<String> outputs = expected.tensors().keySet().stream()
                    .filter(tensor -> tensor.startsWith("out."))
                    .toList();
            assertThat(computed.tensors().keySet()).containsExactlyInAnyOrderElementsOf(outputs);
            for (String tensor : outputs) {
                TensorInfo info = computed.tensors().get(tensor);
                assertThat(info.shape())
                        .isEqualTo(expected.tensors().get(tensor).shape());
                assertThat(info.dtype())
                        .isEqualTo(expected.tensors().get(tensor).dtype());
                assertThat(bytes(computed, info))
                        .isEqualTo(bytes(expected, expected.tensors().get(tensor)));
            }
        }
    }

    @Test
    void writtenOutputsOfANetworkAreReproducible() throws IOException {
        Path golden = GoldenFixtures.alone("storage-f16", folder);
        for (String run : List.of("once", "again")) {
            Path written = folder.resolve(run);
            assertThat(verify(golden, Optional.of(written)).passed()).isTrue();
        }
        Path once = folder.resolve("once/storage-f16.safetensors");
        assertThat(once).hasSameBinaryContentAs(folder.resolve("again/storage-f16.safetensors"));
        try (SafetensorsFile expected = SafetensorsFile.open(golden.resolve("cases/storage-f16/tensors.safetensors"));
                SafetensorsFile computed = SafetensorsFile.open(once)) {
            float[] reference = floats(expected, "out.depth");
            float[] ours = floats(computed, "out.depth");
            assertThat(ours).hasSameSizeAs(reference);
            for (int i = 0; i < ours.length; i++) {
                assertThat(Math.abs(ours[i] - reference[i])).isLessThan(1e-4f * reference[i]);
            }
        }
    }

    private static Run verify(Path golden) throws IOException {
        return verify(golden, Optional.empty());
    }

    /** Verifies on one thread, because small models are not faster on several. */
    private static Run verify(Path golden, Optional<Path> write) throws IOException {
        StringWriter table = new StringWriter();
        EngineOptions options = EngineOptions.defaults().withThreads(1);
        boolean passed = new Verification(golden, write, options, new PrintWriter(table)).run();
        return new Run(passed, table.toString());
    }

    private record Run(boolean passed, String table) {}

    /** Flips the highest bit of the last value of a tensor, the sign of a float. */
    private static void negateLast(Path file, String tensor) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
            bytes[(int) (8 + header + tensors.tensors().get(tensor).end() - 1)] ^= (byte) 0x80;
        }
        Files.write(file, bytes);
    }

    private static byte[] bytes(SafetensorsFile file, TensorInfo info) throws IOException {
        byte[] all = Files.readAllBytes(file.path());
        long data = 8 + ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).getLong();
        byte[] bytes = new byte[(int) (info.end() - info.begin())];
        System.arraycopy(all, (int) (data + info.begin()), bytes, 0, bytes.length);
        return bytes;
    }

    private static float[] floats(SafetensorsFile file, String tensor) throws IOException {
        float[] floats = new float[(int) file.tensors().get(tensor).elements()];
        file.readFloats(tensor, FloatBuffer.wrap(floats));
        return floats;
    }
}

package da3.weights.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.weights.safetensors.SafetensorsWriter.Entry;
import da3.weights.safetensors.SafetensorsWriter.Slot;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {

    @TempDir
    Path dir;

    @Test
    void readsWrittenValues() throws IOException {
        Random random = new Random(1);
        // longer than one chunk, and not a whole number of chunks
        float[] floats = new float[300_001];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = random.nextFloat();
        }
        Map<String, Entry> tensors = new LinkedHashMap<>();
        tensors.put("flags", Entry.bytes(new byte[] {0, 1, -1}, 3));
        tensors.put("weights", Entry.floats(floats, 1, 300_001));
        tensors.put("poses", Entry.doubles(new double[] {Math.PI, -1e300}, 2, 1));
        tensors.put("steps", Entry.longs(new long[] {Long.MIN_VALUE}));
        tensors.put("none", Entry.floats(new float[0], 0, 4));
        Path file = dir.resolve("t.safetensors");
        SafetensorsWriter.write(file, tensors, Map.of("format", "pt"));

        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            FloatBuffer into = FloatBuffer.allocate(floats.length + 2).position(1);
            read.readFloats("weights", into);
            assertThat(into.position()).isEqualTo(floats.length + 1);
            assertThat(into.array()).containsSubsequence(floats).startsWith(0).endsWith(0);
            assertThat(read.readDoubles("poses")).containsExactly(Math.PI, -1e300);
            assertThat(read.readLongs("steps")).containsExactly(Long.MIN_VALUE);
            assertThat(read.readLongs("flags")).containsExactly(0, 1, 255);
            assertThat(read.readBytes("flags")).containsExactly(0, 1, -1);
            assertThat(read.readDoubles("none")).isEmpty();
            assertThat(read.tensors().get("weights").shape()).containsExactly(1, 300_001);
            assertThat(read.tensors().get("steps").shape()).isEmpty();
            assertThat(read.metadata()).isEqualTo(Map.of("format", "pt"));
            assertThatThrownBy(() -> read.readLongs("poses")).hasMessageContaining("an integer or boolean type");
            assertThatThrownBy(() -> read.readFloats("weights", FloatBuffer.allocate(5)))
                    .hasMessageContaining("values, got 5")
                    .hasMessageContaining("300001");
        }
        try (var left = Files.list(dir)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void aFailedWriteKeepsTheOldFile() throws IOException {
        Path file = Files.writeString(dir.resolve("t.safetensors"), "old");
        Map<String, Entry> invalid = Map.of("__metadata__", Entry.longs(new long[1]));
        assertThatThrownBy(() -> SafetensorsWriter.write(file, invalid, Map.of()))
                .hasMessageContaining("__metadata__");
        assertThat(file).hasContent("old");
        assertThatThrownBy(() -> Entry.floats(new float[3], 2, 2)).hasMessageContaining("must be 4, got 3");
    }

    @Test
    void aStreamMustBeCompleteAndInOrder() throws IOException {
        Path file = dir.resolve("t.safetensors");
        List<Slot> slots = List.of(
                new Slot("b", DType.U8, new long[] {3}),
                new Slot("a", DType.F16, new long[] {2, 600_000}),
                new Slot("none", DType.F32, new long[] {0}));
        try (SafetensorsWriter writer = SafetensorsWriter.begin(file, slots, Map.of())) {
            List<TensorInfo> tensors = writer.tensors();
            assertThat(tensors).extracting(TensorInfo::name).containsExactly("none", "a", "b");
            assertThatThrownBy(() -> writer.put(tensors.get(2), into -> {}))
                    .hasMessageContaining("must be 0, the next to write");
            writer.put(tensors.get(0), into -> {});
            writer.put(tensors.get(1), into -> into.position(into.limit()));
            assertThatThrownBy(writer::commit).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> writer.put(tensors.get(2), into -> into.put((byte) 1)))
                    .hasMessageContaining("lacks 2 bytes");
            assertThat(file).doesNotExist();
            writer.put(tensors.get(2), into -> into.put(new byte[] {1, 2, 3}));
            writer.commit();
        }
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThat(read.readBytes("b")).containsExactly(1, 2, 3);
            assertThat(read.tensors().get("a").elements()).isEqualTo(1_200_000);
        }
        Path other = dir.resolve("other.safetensors");
        SafetensorsWriter.begin(other, slots, Map.of()).close();
        try (var left = Files.list(dir)) {
            assertThat(left).containsExactly(file);
        }
        List<Slot> twice = List.of(slots.get(0), slots.get(0));
        assertThatThrownBy(() -> SafetensorsWriter.begin(other, twice, Map.of()))
                .hasMessageContaining("must be unique");
    }

    @Test
    void reportsAFileThatShrinks() throws IOException {
        Path file = dir.resolve("t.safetensors");
        SafetensorsWriter.write(file, Map.of("w", Entry.floats(new float[4096], 4096)), Map.of());
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            try (RandomAccessFile shrink = new RandomAccessFile(file.toFile(), "rw")) {
                shrink.setLength(1000);
            }
            assertThatThrownBy(() -> read.readFloats("w", FloatBuffer.allocate(4096)))
                    .isInstanceOf(SafetensorsException.class)
                    .hasMessageContaining("shrunk");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                                                            | begin with {",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}              | not JSON",
                "{\"a\":1}                                                                     | an object with dtype, shape and data_offsets, got 1",
                "{\"a\":{\"dtype\":\"F31\",\"shape\":[2],\"data_offsets\":[0,8]}}              | one of [F64",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,16]}}             | within 0 to 8",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}              | within 0 to 8",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}              | must be 12 bytes",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}             | whole numbers",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}            | whole numbers",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[9223372036854775807,4],\"data_offsets\":[0,8]}} | exceeds 2^63 bytes",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[4,8]}}               | offset of tensor a must be 0",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}               | 8 bytes of data",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]},"
                        + "\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[4,6]}}      | offset of tensor b must be 8",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]},"
                        + "\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]}}      | duplicate tensor a",
                "{\"__metadata__\":{\"x\":1}}                                                  | must be text",
                "{} x                                                                          | not JSON",
            })
    void rejectsCorruptHeaders(String header, String reason) throws IOException {
        Path file = write(header.getBytes(StandardCharsets.UTF_8), 8);
        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(reason);
    }

    @Test
    void rejectsCorruptLengths() throws IOException {
        Path tiny = Files.write(dir.resolve("tiny"), new byte[3]);
        assertThatThrownBy(() -> SafetensorsFile.open(tiny)).hasMessageContaining("has 3 bytes");
        for (long stated : new long[] {-1, 17, 200_000_000, Long.MAX_VALUE}) {
            byte[] bytes = ByteBuffer.allocate(24)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(stated)
                    .array();
            Path file = Files.write(dir.resolve("damaged"), bytes);
            assertThatThrownBy(() -> SafetensorsFile.open(file))
                    .isInstanceOf(SafetensorsException.class)
                    .hasMessageContaining("from 0 to 16 bytes");
        }
    }

    @Test
    void decodesHalvesExactly() {
        assertThat(DType.halfToFloat((short) 0x3c01)).isEqualTo(1.0009765625f);
        assertThat(DType.halfToFloat((short) 0xc000)).isEqualTo(-2);
        assertThat(DType.halfToFloat((short) 0x7bff)).isEqualTo(65504);
        assertThat(DType.halfToFloat((short) 0x0001)).isEqualTo(0x1p-24f);
        assertThat(DType.halfToFloat((short) 0x83ff)).isEqualTo(-1023 * 0x1p-24f);
        assertThat(Float.floatToRawIntBits(DType.halfToFloat((short) 0x8000))).isEqualTo(0x80000000);
        assertThat(DType.halfToFloat((short) 0xfc00)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(DType.halfToFloat((short) 0x7e00)).isNaN();
        ByteBuffer bfloat =
                ByteBuffer.wrap(new byte[] {(byte) 0xc0, 0x3f, 0x01, 0x00}).order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer floats = FloatBuffer.allocate(2);
        DType.BF16.decode(bfloat, floats);
        assertThat(floats.array()).containsExactly(1.5f, Float.intBitsToFloat(0x10000));
    }

    private Path write(byte[] header, int dataBytes) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(Long.BYTES + header.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length).put(header);
        return Files.write(dir.resolve("damaged"), bytes.array());
    }
}

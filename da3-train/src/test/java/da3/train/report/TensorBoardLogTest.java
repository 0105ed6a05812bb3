package da3.train.report;

import static org.assertj.core.api.Assertions.assertThat;

import da3.geometry.Image;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardLogTest {

    @TempDir
    Path folder;

    /** The unmasked CRC is the check value of CRC-32C, 0xe3069283. */
    @Test
    void masksTheCheckValueOfTheCrc() {
        byte[] check = "123456789".getBytes(StandardCharsets.US_ASCII);
        int expected = ((0xe3069283 >>> 15) | (0xe3069283 << 17)) + 0xa282ead8;
        assertThat(TfRecords.maskedCrc(check, 0, 9)).isEqualTo(expected);
    }

    @Test
    void aFrameHasLengthAndTwoChecksums() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new TfRecords(out).write(new byte[] {1, 2, 3});
        ByteBuffer frame = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(frame.getLong()).isEqualTo(3);
        assertThat(frame.getInt()).isEqualTo(TfRecords.maskedCrc(out.toByteArray(), 0, 8));
        frame.position(15);
        assertThat(frame.getInt()).isEqualTo(TfRecords.maskedCrc(out.toByteArray(), 12, 3));
        assertThat(frame.hasRemaining()).isFalse();
    }

    @Test
    void aFileContainsItsVersionScalarsAndPictures() throws IOException {
        try (TensorBoardLog log = TensorBoardLog.create(folder, 0)) {
            log.scalars(5, Map.of("loss/total", 0.25));
            log.picture(5, "validation/0", new Image(2, 1, new byte[6]));
        }
        List<String> records = records(only());
        assertThat(records).hasSize(3);
        assertThat(records.get(0)).contains("brain.Event:2");
        assertThat(records.get(1)).contains("loss/total");
        assertThat(records.get(2)).contains("validation/0").contains("PNG");
    }

    @Test
    void everyStartWritesANewFile() throws IOException {
        TensorBoardLog.create(folder, 0).close();
        TensorBoardLog.create(folder, 7).close();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    private Path only() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    private static List<String> records(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<String> records = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] record = new byte[(int) bytes.getLong()];
            bytes.getInt();
            bytes.get(record);
            assertThat(bytes.getInt()).isEqualTo(TfRecords.maskedCrc(record, 0, record.length));
            records.add(new String(record, StandardCharsets.ISO_8859_1));
        }
        return records;
    }
}

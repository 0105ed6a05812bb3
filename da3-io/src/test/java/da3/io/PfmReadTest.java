package da3.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PfmReadTest {

    @TempDir
    private Path folder;

    @Test
    void rowsAreStoredFromTheBottomInEitherByteOrder() throws IOException {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            String scale = order == ByteOrder.BIG_ENDIAN ? "1.0" : "-1.0";
            Path file = write("Pf\n2 2\n" + scale + "\n", order, 3, 4, 1, 2);
            assertThat(Pfm.read(file).values()).containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void damagedFilesAreNamed() throws IOException {
        Path file = write("PF\n1 1\n-1\n", ByteOrder.LITTLE_ENDIAN, 1);
        assertThatIOException()
                .isThrownBy(() -> Pfm.read(file))
                .withMessage(file + " does not begin with 'Pf', so it is not a PFM file with one channel");
        write("Pf\n9 x\n-1\n", ByteOrder.LITTLE_ENDIAN, 1);
        assertThatIOException().isThrownBy(() -> Pfm.read(file)).withMessageContaining("the size 9xx");
        write("Pf\n99999 99999\n-1\n", ByteOrder.LITTLE_ENDIAN, 1);
        assertThatIOException().isThrownBy(() -> Pfm.read(file)).withMessageContaining("its pixels alone need");
        write("Pf\n1 4\n-1\n", ByteOrder.LITTLE_ENDIAN, 1, 2, 3);
        assertThatIOException().isThrownBy(() -> Pfm.read(file)).withMessageContaining("ends within row 3 of 4");
    }

    private Path write(String header, ByteOrder order, float... values) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes =
                ByteBuffer.allocate(text.length + 4 * values.length).put(text).order(order);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return Files.write(folder.resolve("map.pfm"), bytes.array());
    }
}

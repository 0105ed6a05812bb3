package da3.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowedImageInputTest {

    @TempDir
    private Path folder;

    private WindowedImageInput bytes(byte[] content) throws IOException {
        return new WindowedImageInput(Files.write(folder.resolve("image"), content));
    }

    @Test
    void bytesAreReadAtAnyPositionAndReplaced() throws IOException {
        byte[] content = new byte[200_000];
        new Random(1).nextBytes(content);
        try (WindowedImageInput bytes = bytes(content)) {
            byte[] all = new byte[content.length];
            bytes.readFully(all);
            assertThat(all).isEqualTo(content);
            bytes.replace(100_000, 7);
            bytes.seek(99_999);
            assertThat(bytes.readByte()).isEqualTo(content[99_999]);
            assertThat(bytes.readByte()).isEqualTo((byte) 7);
            assertThat(bytes.readByte()).isEqualTo(content[100_001]);
            bytes.seek(0);
            bytes.readFully(all, 0, 10);
            assertThat(Arrays.copyOf(all, 10)).isEqualTo(Arrays.copyOf(content, 10));
        }
    }

    @Test
    void readsPastTheEndAreLimited() throws IOException {
        WindowedImageInput bytes = bytes(new byte[] {1, 2});
        assertThat(bytes.readShort()).isEqualTo((short) 0x0102);
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(bytes::readByte).isInstanceOf(EOFException.class);
        }
        assertThat(bytes.read()).isEqualTo(-1);
        bytes.seek(1);
        assertThat(bytes.readByte()).isEqualTo((byte) 2);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        bytes.read(new byte[4], 0, 4);
                    }
                })
                .isInstanceOf(IIOException.class)
                .hasMessage("the file ends before the image");
    }
}

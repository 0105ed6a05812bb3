package da3.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import javax.imageio.IIOException;
import org.junit.jupiter.api.Test;

class FileImageBytesTest {

    @Test
    void looksPastTheEndAreForgivenButNotForEver() throws IOException {
        FileImageBytes bytes = new FileImageBytes(new ByteArrayInputStream(new byte[] {1, 2}));
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
                .hasMessage("the image goes on after the end of the file");
    }
}

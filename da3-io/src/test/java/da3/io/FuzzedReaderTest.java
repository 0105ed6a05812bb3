package da3.io;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FuzzedReaderTest {

    @Test
    void readersThatThrowUndeclaredOrSilentExceptionsFail() {
        byte[] sample = {1, 2, 3};
        FuzzedReader strict = new FuzzedReader("strict", sample, List.of(IOException.class), bytes -> {
            if (bytes.length != 3) {
                throw new IllegalStateException("length " + bytes.length);
            }
        });
        assertThatThrownBy(strict::fuzz)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("strict failed at [java.lang.IllegalStateException");
        FuzzedReader silent = new FuzzedReader("silent", sample, List.of(IOException.class), bytes -> {
            if (bytes.length != 3) {
                throw new IOException();
            }
        });
        assertThatThrownBy(silent::fuzz).hasMessageStartingWith("silent failed at [java.io.IOException");
    }
}

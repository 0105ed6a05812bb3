package da3.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatroskaTest {

    @TempDir
    private Path folder;

    /** A header of two bytes, and a segment of 5, 0x1234, 7 or an unknown number of bytes. */
    @Test
    void theEndOfTheFileFollowsFromTheSizeOfItsSegment() throws IOException {
        assertThat(end("1A45DFA3 82 0000 18538067 85 00")).isEqualTo(4 + 1 + 2 + 4 + 1 + 5);
        assertThat(end("1A45DFA3 4002 0000 18538067 5234")).isEqualTo(4 + 2 + 2 + 4 + 2 + 0x1234);
        assertThat(end("1A45DFA3 82 0000 18538067 0100000000000007")).isEqualTo(4 + 1 + 2 + 4 + 8 + 7);
        assertThat(end("1A45DFA3 82 0000 18538067 01FFFFFFFFFFFFFF")).isZero();
        assertThat(end("1A45DFA3 82 0000 18538067 FF")).isZero();
        assertThat(end("1A45DFA3 82 00")).isZero();
        assertThat(end("00000000 82 0000 18538067 85")).isZero();
    }

    private long end(String hex) throws IOException {
        return Matroska.end(Files.write(folder.resolve("a.mkv"), HexFormat.of().parseHex(hex.replace(" ", ""))));
    }
}

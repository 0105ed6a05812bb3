package da3.train.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLogTest {

    @TempDir
    Path folder;

    @Test
    void aResumedLogDropsLaterAndIncompleteRows() throws IOException {
        Path file = folder.resolve("train.csv");
        try (CsvLog log = CsvLog.open(file, List.of("step", "loss", "skipped"), 0)) {
            log.write(1, List.of(0.5, 0L));
            log.write(2, List.of(0.25, 0L));
            log.write(3, List.of(0.125, 1L));
        }
        Files.writeString(file, "4,0.", StandardOpenOption.APPEND);
        try (CsvLog log = CsvLog.open(file, List.of("step", "loss", "skipped"), 2)) {
            log.write(3, List.of(0.1, 0L));
        }
        assertThat(Files.readAllLines(file)).containsExactly("step,loss,skipped", "1,0.5,0", "2,0.25,0", "3,0.1,0");
    }

    @Test
    void rejectsOtherColumns() throws IOException {
        Path file = folder.resolve("train.csv");
        CsvLog.open(file, List.of("step", "loss"), 0).close();
        assertThatThrownBy(() -> CsvLog.open(file, List.of("step", "total"), 0))
                .isInstanceOf(IOException.class)
                .hasMessage("the columns of " + file + " must be step,total, got step,loss");
    }
}

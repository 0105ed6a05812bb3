package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {

    @TempDir
    private Path folder;

    @Test
    void runsWithoutPassedCasesFail() throws IOException {
        Files.createDirectories(folder.resolve("cases"));
        CommandRun run = CommandRun.of("verify", folder.toString(), "--threads=1");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().lines()).last().isEqualTo("0 passed, 0 failed, 0 skipped");
    }

    @Test
    void verifiesACaseAndWritesItsTensors() throws URISyntaxException {
        Path golden = Path.of(VerifyCommandTest.class.getResource("/golden").toURI());
        CommandRun run = CommandRun.of("verify", golden.toString(), "--threads=1", "--write=" + folder.resolve("out"));
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out().lines()).last().isEqualTo("1 passed, 0 failed, 0 skipped");
        assertThat(folder.resolve("out/fn-fov.safetensors")).isNotEmptyFile();
    }
}

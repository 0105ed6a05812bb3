package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FailuresTest {

    @Test
    void controlCharactersAreReplaced() {
        assertThat(message(new IOException(
                        "\u001b[2Ja\nda3: b\u0007 \u009bc \u202e\u2066d \u200b\u2028 f\u00fcr \u65e5 \ud83d\ude00")))
                .isEqualTo("da3: ?[2Ja?da3: b? ?c ??d ?? f\u00fcr \u65e5 \ud83d\ude00\n");
        assertThat(message(new NoSuchFileException("\u001b]0;x"))).isEqualTo("da3: ?]0;x does not exist\n");
        assertThat(message(new RuntimeException("\r")))
                .startsWith("da3: unexpected RuntimeException: ? (set JAVA_OPTS");
    }

    @Test
    void longMessagesAreTruncated() {
        assertThat(message(new IOException("\ud83d\ude00".repeat(2000)))).hasSize(5 + 4000 + 1);
        assertThat(message(new IOException("\ud83d\ude00".repeat(2001))))
                .hasSize(5 + 4000 + 4)
                .endsWith("\ude00...\n");
    }

    private static String message(Exception failure) {
        StringWriter err = new StringWriter();
        CommandLine commandLine = Main.commandLine().setErr(new PrintWriter(err));
        new Failures().handleExecutionException(failure, commandLine, null);
        return err.toString().replace(System.lineSeparator(), "\n");
    }
}

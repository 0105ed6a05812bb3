package da3.server.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class UploadNameTest {

    /** Runs in a separate process, whose locale determines the encoding of file names. */
    public static void main(String[] args) {
        System.out.println(UploadName.resolve(Path.of(args[0]), "\u0444\u043e\u0442\u043e 1.png")
                .getFileName());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void replacesCharactersThatTheFileSystemCannotEncode(@TempDir Path folder) throws Exception {
        String java = ProcessHandle.current().info().command().orElseThrow();
        ProcessBuilder ascii = new ProcessBuilder(
                java, "-cp", System.getProperty("java.class.path"), UploadNameTest.class.getName(), folder.toString());
        ascii.environment().put("LC_ALL", "C");
        Process process = ascii.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(output.strip()).isEqualTo("____ 1.png");
    }
}

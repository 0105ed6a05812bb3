package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the script {@code da3} with a fake Java that prints its arguments. */
class LauncherTest {

    private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"17.0.15, false", "21.0.7, false", "22, true", "25.0.3, true"})
    void nativeAccessIsEnabledFromJava22(String version, boolean allowed) throws Exception {
        Files.writeString(folder.resolve("jdk-release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        assertThat(launch().contains(NATIVE_ACCESS)).isEqualTo(allowed);
    }

    @Test
    void javaOfUnknownVersionIsStarted() throws Exception {
        assertThat(launch()).contains("da3.cli.Main").doesNotContain(NATIVE_ACCESS);
    }

    @Test
    void threadsKeepNoLargeBuffersOfTheFilesTheyRead() throws Exception {
        assertThat(launch()).contains("-Djdk.nio.maxCachedBufferSize=262144");
    }

    /** Returns the arguments of Java. */
    private String launch() throws Exception {
        Path root = Files.createDirectories(folder.resolve("checkout"));
        Path script = Files.copy(Path.of("../da3"), root.resolve("da3"));
        Files.createDirectories(root.resolve("da3-cli/src/main"));
        for (String source : new String[] {"pom.xml", "da3-cli/pom.xml", "da3-cli/src/main"}) {
            Path path = root.resolve(source);
            if (Files.notExists(path)) {
                Files.createFile(path);
            }
            Files.setLastModifiedTime(path, FileTime.fromMillis(0));
        }
        Files.createDirectories(root.resolve("da3-cli/target/lib"));
        Files.createFile(root.resolve("da3-cli/target/lib/.built"));
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString(), "--version");
        builder.environment().put("JAVA_HOME", jdk().toString());
        builder.redirectErrorStream(true);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    private Path jdk() throws IOException {
        Path jdk = folder.resolve("jdk");
        Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        if (Files.exists(folder.resolve("jdk-release"))) {
            Files.move(folder.resolve("jdk-release"), jdk.resolve("release"));
        }
        return jdk;
    }
}

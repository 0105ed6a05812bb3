package da3.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that the served page was built from the present sources, without running npm. */
class PageSourcesTest {

    private static final Path WEB = Path.of("web");

    @Test
    void builtPageMatchesItsSources() throws Exception {
        String built;
        try (InputStream in = Da3Server.class.getResourceAsStream("/da3/server/web/SOURCES")) {
            built = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(built.lines()).as("run npm run build in da3-server/web").containsExactlyElementsOf(sources());
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(WEB.resolve("src"))) {
            return Stream.concat(
                            files.filter(Files::isRegularFile),
                            Stream.of(WEB.resolve("build.mjs"), WEB.resolve("package-lock.json")))
                    .map(file -> WEB.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .map(PageSourcesTest::line)
                    .toList();
        }
    }

    private static String line(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(WEB.resolve(name)));
            return HexFormat.of().formatHex(digest) + "  " + name;
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

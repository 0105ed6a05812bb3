package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that the programs in {@code examples/java} compile and run with the included model on two sample images. */
class ExamplesTest {

    private static final Path EXAMPLES = Path.of("../examples");
    private static final int MAX_LINES = 60;
    private static final String MODEL = "da3-tiny";

    @TempDir
    static Path folder;

    private static Path photos;

    @BeforeAll
    static void compile() throws IOException {
        photos = Files.createDirectories(folder.resolve("photos"));
        for (String name : List.of("room-left.jpg", "room-right.jpg")) {
            try (InputStream image = Main.class.getResourceAsStream("sample/" + name)) {
                Files.copy(image, photos.resolve(name));
            }
        }
        List<String> arguments = new ArrayList<>(List.of(
                "-classpath",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "-d",
                folder.resolve("classes").toString()));
        examples()
                .filter(file -> file.toString().endsWith(".java"))
                .map(Path::toString)
                .forEach(arguments::add);
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, errors, arguments.toArray(String[]::new));
        assertThat(result).as(errors.toString(StandardCharsets.UTF_8)).isZero();
    }

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files.filter(file -> file.toString().matches(".*\\.(java|kt|scala)")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void examplesAreShort(Path example) throws IOException {
        assertThat(Files.readAllLines(example)).hasSizeLessThan(MAX_LINES);
    }

    @Test
    void photosToGlb() throws Exception {
        assertThat(run("PhotosToGlb", photos, folder.resolve("glb"), MODEL)).contains("scene.glb");
        assertThat(folder.resolve("glb/scene.glb")).isNotEmptyFile();
    }

    @Test
    void posedPhotosToMesh() throws Exception {
        Path colmap = folder.resolve("colmap-export");
        CommandRun predicted = CommandRun.of(
                "images", photos.toString(), "--model", MODEL, "--export-format=colmap", "--export-dir=" + colmap);
        assertThat(predicted.exitCode()).as(predicted.err()).isZero();
        Path mesh = folder.resolve("mesh.glb");
        assertThat(run("PosedPhotosToMesh", photos, colmap.resolve("colmap/sparse/0"), mesh, MODEL))
                .containsPattern("[1-9][0-9]* triangles");
        assertThat(mesh).isNotEmptyFile();
    }

    @Test
    void ownService() throws Exception {
        assertThat(run("OwnService", folder.resolve("workspace"), 0, MODEL)).contains("http://127.0.0.1:");
    }

    @Test
    void customExport() throws Exception {
        Path points = folder.resolve("points.txt");
        assertThat(run("CustomExport", photos, points, MODEL)).containsPattern("[1-9][0-9]* points");
        assertThat(Files.readAllLines(points).get(0).split(" ")).hasSize(6);
    }

    @Test
    void featuresToArrays() throws Exception {
        Path left = photos.resolve("room-left.jpg");
        Path right = photos.resolve("room-right.jpg");
        assertThat(run("FeaturesToArrays", left, right, MODEL)).contains("similarity", "mean depth");
    }

    /** Runs a program with a line break as its input, and returns what it prints. */
    private static String run(String program, Object... arguments) throws Exception {
        String[] words = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
        PrintStream standardOutput = System.out;
        InputStream standardInput = System.in;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        URL classes = folder.resolve("classes").toUri().toURL();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes}, Main.class.getClassLoader())) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            System.setIn(new ByteArrayInputStream("\n".getBytes(StandardCharsets.UTF_8)));
            loader.loadClass(program).getMethod("main", String[].class).invoke(null, (Object) words);
        } finally {
            System.setOut(standardOutput);
            System.setIn(standardInput);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}

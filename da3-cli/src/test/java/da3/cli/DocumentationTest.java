package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Tests that the documentation refers to existing files, sections and options, and that its programs compile. */
class DocumentationTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern COMMAND = Pattern.compile("(?m)^\\./da3 (.*)$");
    private static final Pattern PUBLIC_CLASS = Pattern.compile("public (?:final )?(?:class|record|interface) (\\w+)");

    @TempDir
    private Path folder;

    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path directory : List.of(ROOT, ROOT.resolve("docs"), ROOT.resolve("examples"))) {
            try (Stream<Path> files = Files.list(directory)) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        return pages;
    }

    @Test
    void pagesIncludeTheFirstPageAndTheDirectory() throws IOException {
        assertThat(pages()).contains(ROOT.resolve("README.md"), ROOT.resolve("docs/api.md"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void relativeLinksLeadToFilesAndSections(Path page) throws IOException {
        String text = BLOCK.matcher(Files.readString(page)).replaceAll("");
        for (String target : matches(LINK, text)) {
            URI link = URI.create(target);
            if (link.isAbsolute()) {
                continue;
            }
            Path file = link.getPath().isEmpty() ? page : page.resolveSibling(link.getPath());
            assertThat(file).as("%s in %s", target, page).exists();
            if (link.getFragment() != null) {
                assertThat(anchors(file)).as("%s in %s", target, page).contains(link.getFragment());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void commandsParse(Path page) throws IOException {
        for (String block : blocks(page, "")) {
            String joined = block.replaceAll("\\\\\n\\s*", "");
            for (String arguments : matches(COMMAND, joined)) {
                String withoutComment = arguments.replaceAll("\\s+#.*", "");
                CommandLine command = Main.commandLine();
                command.parseArgs(withoutComment.split("\\s+"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void programsWithImportsCompile(Path page) throws IOException {
        List<String> programs = blocks(page, "java").stream()
                .filter(block -> block.startsWith("import "))
                .toList();
        if (page.equals(ROOT.resolve("README.md"))) {
            assertThat(programs).hasSize(1);
        }
        for (String program : programs) {
            assertThat(errors(program)).as("%s: %s", page, program).isEmpty();
        }
    }

    /** Returns the errors that the compiler finds in a program. */
    private List<Diagnostic<? extends JavaFileObject>> errors(String program) throws IOException {
        String name = matches(PUBLIC_CLASS, program).get(0);
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return program;
                    }
                };
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, Locale.ROOT, null)) {
            compiler.getTask(
                            null,
                            files,
                            found,
                            List.of("-classpath", classPath, "-d", folder.toString()),
                            null,
                            List.of(source))
                    .call();
        }
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .toList();
    }

    /** Returns the anchors that GitHub gives to the headings of a page. */
    private static List<String> anchors(Path page) throws IOException {
        String text = BLOCK.matcher(Files.readString(page)).replaceAll("");
        return matches(HEADING, text).stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** Returns the code blocks of a page in a language, which may be empty. */
    private static List<String> blocks(Path page, String language) throws IOException {
        return BLOCK.matcher(Files.readString(page))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}

package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Tests of the metadata that publishing the artifacts requires. */
class PomTest {

    private static final Path ROOT = Path.of("..");

    /** Modules that are not published, and the bill of materials itself. */
    private static final List<String> NOT_IN_BOM =
            List.of("da3-bom", "da3-bench", "da3-javadoc", "da3-dist", "consumers", "browser-tests");

    static List<String> modules() throws Exception {
        return texts(pom("."), "module").stream().distinct().toList();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyModuleHasANameAndADescription(String module) throws Exception {
        for (String element : List.of("name", "description")) {
            assertThat(ownText(pom(module), element)).as(element).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "da3-bom"})
    void metadataAreComplete(String module) throws Exception {
        for (String element : List.of("url", "inceptionYear", "licenses", "developers", "scm")) {
            assertThat(ownText(pom(module), element)).as(element).isNotBlank();
        }
    }

    @Test
    void theBillOfMaterialsContainsAllPublishedModules() throws Exception {
        List<String> published = new ArrayList<>();
        for (String module : modules()) {
            if (!NOT_IN_BOM.contains(module)) {
                published.add(ownText(pom(module), "artifactId"));
            }
        }
        assertThat(texts(pom("da3-bom"), "artifactId").stream().skip(1)).containsExactlyElementsOf(published);
        assertThat(ownText(pom("da3-bom"), "version")).isEqualTo(ownText(pom("."), "version"));
    }

    /** Users of the other modules, and the archive with the command, do not download Spark. */
    @Test
    void onlyItsModuleUsesSpark() throws Exception {
        List<String> using = new ArrayList<>();
        for (String module : modules()) {
            List<String> artifacts = texts(pom(module), "artifactId");
            if (!module.equals("da3-bom")
                    && (artifacts.contains("da3-spark") || artifacts.contains("${spark.artifact}"))) {
                using.add(module);
            }
        }
        assertThat(using).containsExactly("da3-spark", "da3-javadoc");
        assertThat(Files.readString(ROOT.resolve("da3-spark/pom.xml")))
                .containsSubsequence("${spark.artifact}", "<scope>provided</scope>");
    }

    private static Element pom(String module) throws ParserConfigurationException, IOException, SAXException {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(ROOT.resolve(module).resolve("pom.xml").toFile())
                .getDocumentElement();
    }

    /** Returns the text of a child of the project, or an empty text. */
    private static String ownText(Element project, String name) {
        NodeList children = project.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            if (children.item(i).getNodeName().equals(name)) {
                return children.item(i).getTextContent().strip();
            }
        }
        return "";
    }

    private static List<String> texts(Element project, String name) {
        NodeList elements = project.getElementsByTagName(name);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < elements.getLength(); i++) {
            texts.add(elements.item(i).getTextContent().strip());
        }
        return texts;
    }
}

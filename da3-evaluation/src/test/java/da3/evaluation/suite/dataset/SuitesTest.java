package da3.evaluation.suite.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import da3.evaluation.Suite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SuitesTest {

    @TempDir
    private Path root;

    static List<String> names() {
        return Suites.names();
    }

    @Test
    void theNamesAreThoseOfTheBenchmark() {
        assertThat(names())
                .containsExactly(
                        "eth3d",
                        "dtu",
                        "dtu64",
                        "7scenes",
                        "scannetpp",
                        "hiroom",
                        "nyu",
                        "kitti",
                        "diode",
                        "sintel",
                        "tanks",
                        "dl3dv",
                        "megadepth");
    }

    @ParameterizedTest
    @CsvSource({"eth3d, 11", "dtu, 22", "dtu64, 13", "7scenes, 7", "scannetpp, 20", "tanks, 6", "megadepth, 19"})
    void scenesAreThoseOfTheReferenceOrThePaper(String name, int scenes) throws IOException {
        Suite suite = Suites.byName(name, root, DataSetOptions.defaults());
        assertThat(suite.scenes()).hasSize(scenes).doesNotHaveDuplicates();
        assertThat(suite.description()).startsWith(name + ": ").contains(scenes + " scenes");
    }

    @ParameterizedTest
    @MethodSource("names")
    void anEmptyFolderSaysWhereTheDataSetCanBeDownloaded(String name) {
        assertThatIOException()
                .isThrownBy(() -> Miniature.first(Suites.byName(name, root, DataSetOptions.defaults())))
                .withMessageStartingWith(root.toString())
                .withMessageMatching(
                        "(?s).* does not exist; .* keeps .* there\\. .* can be downloaded from https?://.*");
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Suites.byName("attic", root, DataSetOptions.defaults()))
                .withMessageStartingWith("suite must be one of [eth3d, dtu, ")
                .withMessageEndingWith("got attic");
    }

    @Test
    void optionsAreNamedInTheDescription() throws IOException {
        DataSetOptions options = DataSetOptions.defaults()
                .withSampling(new FrameSampling(20, 7))
                .withLongestSide(504)
                .withProtocol(Protocol.PAPER);
        assertThat(Suites.byName("7scenes", root, options).description())
                .isEqualTo("7scenes: 7-Scenes, every 11th frame before sampling, 7 scenes, at most 20 frames by seed 7,"
                        + " longest side 504, protocol of the paper");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withLongestSide(0))
                .withMessage("longest side must be at least 1, got 0");
    }
}

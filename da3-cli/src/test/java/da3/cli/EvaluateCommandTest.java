package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;

import da3.evaluation.suite.dataset.Suites;
import da3.synthetic.SceneFamily;
import da3.weights.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {

    @TempDir
    Path folder;

    private CommandRun evaluate(String... more) {
        String[] arguments = {
            "evaluate",
            "--suite",
            "synthetic",
            "--model",
            "seeded:da3-small",
            "--scenes",
            "2",
            "--views",
            "2",
            "--size",
            "28x42",
            "--pictures",
            "1",
            "--export-dir",
            folder.toString()
        };
        return CommandRun.of(Stream.of(arguments, more).flatMap(Arrays::stream).toList());
    }

    @Test
    void writesResultsAndAReportAndContinues() throws IOException {
        CommandRun run = evaluate();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines())
                .anySatisfy(line -> assertThat(line).contains("seeded:da3-small", "constant"))
                .anySatisfy(line -> assertThat(line).startsWith("  Rays: AUC30 "))
                .last()
                .asString()
                .isEqualTo(folder.resolve("results.json") + " and " + folder.resolve("report.html"));
        assertThat(Files.readString(folder.resolve("results.json"))).contains("\"head_rotation\"", "\"depth_posed\"");
        byte[] page = Files.readAllBytes(folder.resolve("report.html"));

        assertThat(evaluate().exitCode()).isZero();
        assertThat(folder.resolve("report.html")).hasBinaryContent(page);
    }

    @Test
    void anotherEvaluationStartsOverOnlyWithOverwrite() {
        assertThat(evaluate("--modes", "mono").exitCode()).isZero();
        CommandRun other = evaluate("--modes", "depth");
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.err()).contains("scenes.jsonl must hold results of this evaluation");
        assertThat(evaluate("--modes", "depth", "--overwrite").exitCode()).isZero();
    }

    @Test
    void theTruthAndFilesOfOtherSystemsAreScored() throws IOException {
        CommandRun run = evaluateThreeViews(
                "--model", "oracle", "--export-dir", folder.resolve("truth").toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines())
                .anySatisfy(line -> assertThat(line.strip().split(" +")).containsExactly("oracle", "constant"))
                .anySatisfy(line -> assertThat(line).matches("  Camera head: AUC3 +100.0 .*"));
        assertThat(folder.resolve("truth/results.csv"))
                .content()
                .contains("oracle,pose,head_auc3,,,100.0", "oracle,recon_unposed,f1,family,room,");

        Path files = Files.createDirectories(folder.resolve("other"));
        run = evaluateThreeViews(
                "--predictions",
                files.toString(),
                "--export-dir",
                folder.resolve("files").toString(),
                "--compare",
                folder.resolve("truth").toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("failed: room-3000001-3v-28x42, other: ", "must hold results.npz")
                .contains("oracle in truth");
    }

    private static CommandRun evaluateThreeViews(String... options) {
        List<String> words = new ArrayList<>(List.of("evaluate", "--scenes", "1", "--views", "3", "--size", "28x42"));
        words.addAll(List.of("--modes", "pose,depth,recon_unposed"));
        words.addAll(List.of(options));
        return CommandRun.of(words);
    }

    @Test
    void invalidOptionsAreReportedInOneSentence() {
        assertThat(CommandRun.of("evaluate").err()).contains("Missing required option: '--model=MODEL'");
        assertThat(evaluate("--modes", "depht").err())
                .isEqualTo(
                        "da3: mode must be one of depth, pose, depth_posed, mono, metric, recon_unposed, recon_posed, "
                                + "view_synthesis, got depht\n");
        CommandRun run = CommandRun.of("evaluate", "--model", "seeded:da3-small", "--size", "100x42");
        assertThat(run.err())
                .isEqualTo("da3: size must be HEIGHTxWIDTH in multiples of 14 up to 2016, "
                        + "for instance 252x336, got '100x42'\n");
        run = CommandRun.of("evaluate", "--model", "seeded:da3-small", "--views", "two");
        assertThat(run.err()).isEqualTo("da3: views must be N or N-M, got two\n");
        run = CommandRun.of("evaluate", "--model=oracle", "--pictures=-1", "--export-dir=" + folder);
        assertThat(run.err()).isEqualTo("da3: pictures must be at least 0, got -1\n");
    }

    @Test
    void dataSetsNeedTheirFolder() {
        assertThat(CommandRun.of("evaluate", "--model", "oracle", "--suite", "eth3d")
                        .err())
                .contains("--root=DIR");
        CommandRun empty = CommandRun.of(
                "evaluate",
                "--model",
                "oracle",
                "--suite",
                "eth3d",
                "--root",
                folder.toString(),
                "--export-dir",
                folder.resolve("out").toString());
        assertThat(empty.exitCode()).isEqualTo(1);
        assertThat(empty.out()).contains("https://www.eth3d.net");
        assertThat(CommandRun.of("evaluate", "--model", "oracle", "--suite", "moon", "--root", folder.toString())
                        .err())
                .contains("suite must be synthetic or one of", "got moon");
    }

    @Test
    void theHelpNamesAllSuitesAndFamilies() {
        String help = CommandRun.of("evaluate", "--help").out();
        assertThat(help).contains(Suites.names());
        assertThat(help)
                .contains(
                        Arrays.stream(SceneFamily.values()).map(SceneFamily::id).toList());
    }

    @Test
    void optionsWithoutEffectAreRejected() {
        for (String option : List.of("--scenes=2", "--views=2", "--size=28x42", "--families=room")) {
            CommandRun run = CommandRun.of(
                    "evaluate",
                    "--model=oracle",
                    "--suite=eth3d",
                    "--root=" + folder,
                    "--export-dir=" + folder,
                    option);
            assertThat(run.err())
                    .isEqualTo("da3: " + option.split("=")[0] + " cannot be combined with --suite eth3d\n");
        }
        assertThat(evaluate("--root", folder.toString()).err())
                .isEqualTo("da3: --root cannot be combined with --suite synthetic\n");
        assertThat(evaluate("--protocol", "paper").err())
                .isEqualTo("da3: --protocol cannot be combined with --suite synthetic\n");
        assertThat(evaluate("--modes", "depth,pose", "--lpips", "none.safetensors")
                        .err())
                .isEqualTo("da3: --lpips cannot be combined with --modes depth,pose\n");
    }

    private CommandRun evaluateRenderedViews(String... more) {
        String[] arguments = {
            "evaluate",
            "--model",
            "oracle",
            "--scenes",
            "1",
            "--views",
            "9",
            "--size",
            "42x42",
            "--modes",
            "view_synthesis",
            "--export-dir",
            folder.resolve("rendered").toString()
        };
        return CommandRun.of(Stream.of(arguments, more).flatMap(Arrays::stream).toList());
    }

    /** Writes LPIPS with an AlexNet of one channel in each layer. */
    private Path lpips() throws IOException {
        String[] layers = {"slice1.0", "slice2.3", "slice3.6", "slice4.8", "slice5.10"};
        int[] sizes = {11, 5, 3, 3, 3};
        Map<String, SafetensorsWriter.Entry> tensors = new LinkedHashMap<>();
        for (int i = 0; i < layers.length; i++) {
            int in = i == 0 ? 3 : 1;
            float[] weight = new float[in * sizes[i] * sizes[i]];
            Arrays.fill(weight, 1f / weight.length);
            String name = "net." + layers[i];
            tensors.put(name + ".weight", SafetensorsWriter.Entry.floats(weight, 1, in, sizes[i], sizes[i]));
            tensors.put(name + ".bias", SafetensorsWriter.Entry.floats(new float[] {0}, 1));
            tensors.put("lin" + i + ".model.1.weight", SafetensorsWriter.Entry.floats(new float[] {1}, 1, 1, 1, 1));
        }
        Path file = folder.resolve("lpips.safetensors");
        SafetensorsWriter.write(file, tensors, Map.of());
        return file;
    }

    @Test
    void lpipsIsMeasuredWithItsFileAndElseTheReportSaysSo() throws IOException {
        CommandRun without = evaluateRenderedViews();
        assertThat(without.exitCode()).as(without.err()).isZero();
        assertThat(without.out()).contains("LPIPS is not measured: no file with its weights was given.");
        assertThat(folder.resolve("rendered/report.html")).content().contains("<p>LPIPS is not measured");
        assertThat(folder.resolve("rendered/results.json")).content().doesNotContain("_lpips\"");

        CommandRun with = evaluateRenderedViews("--lpips", lpips().toString(), "--overwrite", "--engine", "onednn");
        assertThat(with.exitCode()).as(with.err()).isZero();
        assertThat(with.out().lines())
                .anySatisfy(line -> assertThat(line).matches("  One Gaussian a pixel: LPIPS +[0-9.]+ +[0-9.]+"))
                .anySatisfy(line -> assertThat(line).contains("LPIPS 0.1 with AlexNet, weights with SHA-256 "));
        assertThat(folder.resolve("rendered/results.json")).content().contains("\"pixel_splats_lpips\" : ");

        CommandRun missing = evaluateRenderedViews(
                "--lpips", folder.resolve("none.safetensors").toString());
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err()).contains("none.safetensors does not exist");
    }
}

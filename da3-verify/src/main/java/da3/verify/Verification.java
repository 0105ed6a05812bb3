package da3.verify;

import da3.core.EngineOptions;
import da3.core.Engines;
import da3.nn.Engine;
import da3.weights.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Recomputes every golden case of a folder and prints a table with the columns case, output, error and tolerance. */
public final class Verification {

    private final Path folder;
    private final Optional<Path> write;
    private final EngineOptions engineOptions;
    private final PrintWriter out;
    private int passed;
    private int failed;
    private int skipped;

    /**
     * @param folder with the folder {@code cases}, and the folder {@code weights} if cases refer to files in it
     * @param write folder for the computed tensors, if they are to be saved
     * @param out destination of the table
     */
    public Verification(Path folder, Optional<Path> write, EngineOptions engineOptions, PrintWriter out) {
        this.folder = folder;
        this.write = write;
        this.engineOptions = engineOptions;
        this.out = out;
    }

    /**
     * Runs all cases and returns whether none failed and at least one passed.
     *
     * @throws IOException if there is no folder of cases, or a result cannot be written
     */
    public boolean run() throws IOException {
        if (write.isPresent()) {
            Files.createDirectories(write.get());
        }
        out.printf("%-34s %-34s %10s %10s%n", "case", "output", "error", "tolerance");
        try (Engine engine = Engines.create(engineOptions)) {
            for (Path path : caseFolders()) {
                verify(path, engine);
                out.flush();
            }
        }
        out.printf("%d passed, %d failed, %d skipped%n", passed, failed, skipped);
        out.flush();
        return failed == 0 && passed > 0;
    }

    private List<Path> caseFolders() throws IOException {
        Path cases = folder.resolve("cases");
        if (!Files.isDirectory(cases)) {
            throw new IOException(folder + " must contain a folder 'cases'");
        }
        try (Stream<Path> list = Files.list(cases)) {
            return list.filter(path -> Files.exists(path.resolve("case.json")))
                    .sorted()
                    .toList();
        }
    }

    private void verify(Path path, Engine engine) throws IOException {
        try (GoldenCase golden = GoldenCase.open(path)) {
            Map<String, GoldenTensor> computed;
            if (golden.isForward()) {
                computed = ForwardCase.compute(golden, engineOptions);
            } else if (golden.isGradient()) {
                computed = GradientCase.compute(golden, engineOptions);
            } else {
                Optional<FunctionCase> function = FunctionCases.of(golden, engine, engineOptions);
                if (function.isEmpty()) {
                    out.printf("%-34s %-34s %10s%n", golden.name(), golden.function(), "skipped");
                    skipped++;
                    return;
                }
                computed = function.get().compute(golden);
            }
            count(compare(golden, computed));
            if (write.isPresent()) {
                save(golden, computed, write.get());
            }
        } catch (IOException | RuntimeException e) {
            out.printf(
                    "%-34s could not be computed: %s: %s%n",
                    path.getFileName(), e.getClass().getSimpleName(), e.getMessage());
            count(false);
        }
    }

    private void count(boolean success) {
        passed += success ? 1 : 0;
        failed += success ? 0 : 1;
    }

    private boolean compare(GoldenCase golden, Map<String, GoldenTensor> computed) throws IOException {
        boolean success = true;
        for (String name : golden.expected()) {
            GoldenTensor expected = golden.tensor(name);
            Tolerance tolerance = Tolerance.of(golden, expected, name);
            double error = computed.containsKey(name)
                    ? tolerance.error(computed.get(name), expected)
                    : Double.POSITIVE_INFINITY;
            boolean accepted = tolerance.accepts(error);
            success &= accepted;
            out.printf(
                    Locale.ROOT,
                    "%-34s %-34s %10.2e %10.0e%s%n",
                    golden.name(),
                    name,
                    error,
                    tolerance.limit(),
                    accepted ? "" : "  MISS");
        }
        return success;
    }

    private static void save(GoldenCase golden, Map<String, GoldenTensor> computed, Path folder) throws IOException {
        Map<String, SafetensorsWriter.Entry> entries = new TreeMap<>();
        for (String name : golden.expected()) {
            if (computed.containsKey(name)) {
                entries.put(name, computed.get(name).entry());
            }
        }
        SafetensorsWriter.write(folder.resolve(golden.name() + ".safetensors"), entries, Map.of());
    }
}

package da3.train.run;

import da3.files.PartialOutput;
import da3.geometry.Image;
import da3.io.PngWriter;
import da3.train.config.OptimizationSettings;
import da3.train.config.TrainConfig;
import da3.train.config.ValidationMetric;
import da3.train.mode.Validation;
import da3.train.report.CsvLog;
import da3.train.report.RunPage;
import da3.train.report.StepReport;
import da3.train.report.TensorBoardLog;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Writes the reports of a run: {@code train.csv}, {@code validation.csv}, TensorBoard events, lines of progress, and with
 * each validation its pictures and {@code report.html}.
 */
final class RunReport implements Trainer.Listener, AutoCloseable {

    private final Path folder;
    private final TrainConfig config;
    private final Optional<Supplier<Validation.Result>> validation;
    private final Map<String, Double> base; // metrics of the base, empty without one
    private final Consumer<String> lines;
    private final TensorBoardLog events;
    private final long firstStep;
    private final long start = System.nanoTime();
    private CsvLog steps; // null until the first step
    private CsvLog validations; // null until the first validation

    /**
     * @param validation measures the weights that are assigned to the workers; empty without validation
     * @param base metrics of the model that is fine-tuned, with which each validation is compared; empty for new weights
     * @param firstStep number of steps that were already taken; later rows of existing tables are dropped
     */
    RunReport(
            Path folder,
            TrainConfig config,
            Optional<Supplier<Validation.Result>> validation,
            Map<String, Double> base,
            long firstStep,
            Consumer<String> lines)
            throws IOException {
        this.folder = Files.createDirectories(folder);
        this.config = config;
        this.validation = validation;
        this.base = base;
        this.firstStep = firstStep;
        this.lines = lines;
        this.events = TensorBoardLog.create(folder.resolve("events"), firstStep);
    }

    @Override
    public void step(StepReport report) throws IOException {
        Map<String, Double> values = new LinkedHashMap<>();
        report.terms().forEach((name, value) -> values.put("loss_" + name, value));
        values.put("gradient_norm", report.gradientNorm());
        List<OptimizationSettings.Group> groups = config.optimization().groups();
        for (int i = 0; i < groups.size(); i++) {
            values.put(
                    "learning_rate_" + i,
                    report.learningRateFactor() * groups.get(i).learningRate());
        }
        values.put("scenes_per_second", report.scenesPerSecond());
        if (steps == null) {
            List<String> columns = new ArrayList<>(List.of("step"));
            columns.addAll(values.keySet());
            columns.add("skipped");
            steps = CsvLog.open(folder.resolve(RunPage.STEPS), columns, firstStep);
        }
        List<Number> row = new ArrayList<>(values.values());
        row.add(report.skipped());
        steps.write(report.step(), row);
        if (report.step() % config.checkpoints().logSteps() == 0 || report.step() == config.steps()) {
            Map<String, Double> tagged = new LinkedHashMap<>();
            values.forEach((name, value) -> tagged.put("train/" + name, value));
            events.scalars(report.step(), tagged);
            message(line(report));
        }
    }

    private String line(StepReport report) {
        double perStep = (System.nanoTime() - start) / 1e9 / (report.step() - firstStep);
        long left = Math.round(perStep * (config.steps() - report.step()));
        return String.format(
                Locale.ROOT,
                "step %d of %d, loss %.4f, gradient norm %.3g, %.2f scenes/s, %d skipped, %d:%02d:%02d left",
                report.step(),
                config.steps(),
                report.terms().get("total"),
                report.gradientNorm(),
                report.scenesPerSecond(),
                report.skipped(),
                left / 3600,
                left / 60 % 60,
                left % 60);
    }

    @Override
    public OptionalDouble validate(long step) throws IOException {
        if (validation.isEmpty()) {
            return OptionalDouble.empty();
        }
        Validation.Result result = validation.get().get();
        Map<String, Double> metrics = new LinkedHashMap<>(result.metrics());
        if (!base.isEmpty()) {
            for (ValidationMetric metric : config.objective().kind().metrics()) {
                if (base.containsKey(metric.id())) {
                    metrics.put("base_" + metric.id(), base.get(metric.id()));
                }
            }
        }
        if (validations == null) {
            List<String> columns = new ArrayList<>(List.of("step"));
            columns.addAll(metrics.keySet());
            validations = CsvLog.open(folder.resolve(RunPage.VALIDATIONS), columns, firstStep);
        }
        validations.write(step, new ArrayList<>(metrics.values()));
        Map<String, Double> tagged = new LinkedHashMap<>();
        metrics.forEach((name, value) -> tagged.put("validation/" + name, value));
        events.scalars(step, tagged);
        for (int i = 0; i < result.pictures().size(); i++) {
            events.picture(step, "validation/" + i, result.pictures().get(i));
            writePicture(i, result.pictures().get(i));
        }
        RunPage.write(folder, config.toYaml());
        StringBuilder line = new StringBuilder("validation at step " + step + ":");
        result.metrics().forEach((name, value) -> line.append(String.format(Locale.ROOT, " %s %.4g", name, value)));
        message(line.toString());
        if (!base.isEmpty()) {
            message(comparison(metrics));
        }
        return OptionalDouble.of(config.validation().bestBy().cost(metrics));
    }

    private void writePicture(int index, Image picture) throws IOException {
        Path pictures = Files.createDirectories(folder.resolve(RunPage.PICTURES));
        try (PartialOutput partial = PartialOutput.beside(pictures.resolve("%03d.png".formatted(index)))) {
            try (OutputStream out = Files.newOutputStream(partial.path())) {
                PngWriter.write(picture, out);
            }
            partial.commit();
        }
    }

    /** Compares a validation with the base by the metric that chooses the best checkpoint. */
    private String comparison(Map<String, Double> metrics) {
        ValidationMetric metric = config.validation().bestBy();
        double difference = metric.cost(metrics) - metric.cost(base);
        return String.format(
                Locale.ROOT,
                "%s the base: %s %.4g, base %.4g",
                difference < 0 ? "better than" : difference > 0 ? "worse than" : "not better than",
                metric.id(),
                metrics.get(metric.id()),
                base.get(metric.id()));
    }

    @Override
    public void message(String text) {
        lines.accept(text);
    }

    @Override
    public void close() throws IOException {
        events.close();
        if (steps != null) {
            steps.close();
        }
        if (validations != null) {
            validations.close();
        }
    }
}

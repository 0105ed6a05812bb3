package da3.bench;

import da3.core.EngineOptions;
import da3.core.Engines;
import da3.core.ModelReference;
import da3.core.ModelSource;
import da3.nn.Precision;
import da3.nn.autograd.DifferentiableEngine;
import da3.train.mode.student.RandomScenes;
import da3.train.mode.student.TrainingStep;
import da3.train.optimizer.AdamWOptions;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A profile of a training step: {@code TrainingProfile MODEL [VIEWS [HxW [fp32|bf16 [SCENES [ENGINE]]]]]} prints a
 * table of the engine's operations, forward and backward, and of the rest: objective, clipping and optimizer.
 *
 * <p>It is valid for CPU engines, whose operations are complete when they return. The table shows the mean of several
 * steps after a warm-up.
 */
public final class TrainingProfile {

    private static final int WARM_UP = 30;
    private static final int REPEATS = 30;
    private static final Set<String> NOT_OPERATIONS = Set.of("run", "scope", "name", "threads", "parameter", "close");

    /** The number of calls of an operation and their total time in seconds. */
    private record Time(int calls, double seconds) {
        Time plus(Time other) {
            return new Time(calls + other.calls, seconds + other.seconds);
        }
    }

    private final Map<String, Time> times = new TreeMap<>();

    private TrainingProfile() {}

    public static void main(String[] arguments) throws IOException {
        List<String> given = new ArrayList<>(List.of(arguments));
        List<String> defaults = List.of("seeded:da3-small", "2", "168x224", "fp32", "1", EngineOptions.AUTO);
        given.addAll(defaults.subList(Math.min(given.size(), defaults.size()), defaults.size()));
        String[] size = given.get(2).split("x");
        EngineOptions options =
                EngineOptions.defaults().withEngine(given.get(5)).withPrecision(Precision.of(given.get(3)));
        int scenes = Integer.parseInt(given.get(4));
        RandomScenes batch = RandomScenes.of(
                7, scenes, Integer.parseInt(given.get(1)), Integer.parseInt(size[0]), Integer.parseInt(size[1]));
        new TrainingProfile().run(given.get(0), options, batch);
    }

    private void run(String model, EngineOptions options, RandomScenes batch) throws IOException {
        try (ModelSource source = ModelSource.open(ModelReference.parse(model), ModelSource.hub());
                DifferentiableEngine engine = timed((DifferentiableEngine) Engines.create(options))) {
            TrainingStep step =
                    TrainingStep.ofAnyView(engine, source.weights(), source.config(), AdamWOptions.defaults());
            for (int i = 0; i < WARM_UP; i++) {
                step.step(batch.images(), batch.truth(), 1e-3);
            }
            times.clear();
            long start = System.nanoTime();
            for (int i = 0; i < REPEATS; i++) {
                step.step(batch.images(), batch.truth(), 1e-3);
            }
            print((System.nanoTime() - start) / 1e9 / REPEATS);
        }
    }

    private DifferentiableEngine timed(DifferentiableEngine engine) {
        return (DifferentiableEngine) Proxy.newProxyInstance(
                DifferentiableEngine.class.getClassLoader(),
                new Class<?>[] {DifferentiableEngine.class},
                (proxy, method, arguments) -> {
                    long start = System.nanoTime();
                    try {
                        return method.invoke(engine, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        if (!NOT_OPERATIONS.contains(method.getName())) {
                            times.merge(method.getName(), new Time(1, (System.nanoTime() - start) / 1e9), Time::plus);
                        }
                    }
                });
    }

    private void print(double stepSeconds) {
        double operationSeconds =
                times.values().stream().mapToDouble(Time::seconds).sum() / REPEATS;
        System.out.printf("%-36s %6s %9s %6s%n", "operation", "calls", "ms", "%");
        times.entrySet().stream()
                .sorted(Comparator.comparingDouble(e -> -e.getValue().seconds))
                .forEach(e ->
                        row(e.getKey(), e.getValue().calls / REPEATS, e.getValue().seconds / REPEATS, stepSeconds));
        row("objective, clipping, optimizer", 1, stepSeconds - operationSeconds, stepSeconds);
        row("step", 1, stepSeconds, stepSeconds);
    }

    private static void row(String name, int calls, double seconds, double all) {
        System.out.printf(Locale.ROOT, "%-36s %6d %9.2f %6.1f%n", name, calls, 1e3 * seconds, 100 * seconds / all);
    }
}

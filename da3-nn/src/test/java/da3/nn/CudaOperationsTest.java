package da3.nn;

import static da3.nn.EngineUnderTest.random;
import static org.assertj.core.api.Assertions.assertThat;

import da3.nn.autograd.AutogradEngine;
import da3.nn.autograd.DifferentiableEngine;
import da3.nn.nd4j.Nd4jEngine;
import da3.nn.nd4j.RecordedOperations;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A dry run for GPUs: runs every operation of the ND4J engine and every kind of network, forward and backward, on the
 * CPU, and compares the ND4J operations with those in the native library of nd4j-cuda.
 */
class CudaOperationsTest {

    private static final Set<String> CALLED = new TreeSet<>();
    private static Map<String, String> symbols;

    @BeforeAll
    static void runEverything() throws ReflectiveOperationException {
        try (RecordedOperations recorded = new RecordedOperations();
                Nd4jEngine engine = new Nd4jEngine(1)) {
            DifferentiableEngine counted = counted(engine);
            run(counted, SmallNetworks.anyView(), false);
            run(counted, SmallNetworks.anyView(), true);
            run(counted, SmallNetworks.giant(), false);
            run(counted, SmallNetworks.mono(), false);
            run(counted, SmallNetworks.teacher(), false);
            runOtherOperations(counted);
            symbols = recorded.symbols();
        }
    }

    /** Returns an engine that adds the name of each called method to {@link #CALLED}. */
    private static DifferentiableEngine counted(Nd4jEngine engine) {
        return (DifferentiableEngine) Proxy.newProxyInstance(
                CudaOperationsTest.class.getClassLoader(),
                new Class<?>[] {DifferentiableEngine.class},
                (proxy, method, arguments) -> {
                    CALLED.add(method.getName());
                    Method called = Nd4jEngine.class.getMethod(method.getName(), method.getParameterTypes());
                    if (called.isDefault()) { // so that the operations that it calls count, too
                        return InvocationHandler.invokeDefault(proxy, called, arguments);
                    }
                    try {
                        return method.invoke(engine, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Runs a network without and with gradients. */
    private static void run(DifferentiableEngine computes, NetworkConfig config, boolean cameras) {
        computes.run(() -> {
            try (Scope scope = computes.scope()) {
                return forward(computes, config, cameras);
            }
        });
        AutogradEngine engine = new AutogradEngine(computes, name -> true, false);
        engine.run(() -> {
            try (Scope scope = engine.scope()) {
                NetworkTensors out = forward(engine, config, cameras);
                Map<Tensor, float[]> cotangents = new HashMap<>();
                Stream.of(out.depth(), out.rays(), out.sky(), out.camera(), out.gaussians())
                        .filter(Objects::nonNull)
                        .forEach(tensor -> cotangents.put(tensor, engine.download(tensor)));
                return engine.backward(cotangents);
            }
        });
    }

    private static NetworkTensors forward(Engine engine, NetworkConfig config, boolean cameras) {
        Network network = new Network(engine, new SeededWeights(1), "model", config);
        Set<Output> outputs = EnumSet.allOf(Output.class);
        outputs.removeIf(output -> !network.has(output));
        Tensor image = engine.upload(random(1, 3 * 3 * 28 * 42), 3, 3, 28, 42);
        Tensor poses = cameras ? engine.upload(random(2, 3 * 9), 3, 9) : null;
        return network.tensors(image, poses, 1, outputs, Set.of(1), Set.of(2));
    }

    /** Runs what training and low-rank updates use, and the branches that the small networks do not take. */
    private static void runOtherOperations(DifferentiableEngine engine) {
        engine.run(() -> {
            try (Scope scope = engine.scope()) {
                Parameter weight = engine.parameter(new SeededWeights(1), "w", Parameter.Role.LINEAR, 5, 5);
                Tensor x = engine.upload(random(1, 25), 5, 5);
                engine.assign(weight, random(2, 25));
                engine.multiplyChannels(engine.matmul(x, true, engine.value(weight), true), engine.tokens(x, 0, 1));
                for (Activation activation : Activation.values()) {
                    Tensor y = engine.linear(engine.activate(x, activation), weight, null, activation);
                    engine.activationBackward(x, x, y, activation);
                }
                Tensor image = engine.upload(random(3, 2 * 3 * 14 * 28), 2, 3, 14, 28);
                engine.patchesBackward(engine.patches(image, 14), 14, 3, 14, 28);
                engine.channelsLastBackward(engine.channelsLast(image));
                return engine.views(image, 1, 2);
            }
        });
    }

    @Test
    void everyOperationOfTheEngineIsRun() {
        Set<String> computing = Stream.of(Engine.class, DifferentiableEngine.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .filter(method -> method.getReturnType() == Tensor.class
                        || method.getReturnType().getEnclosingClass() == DifferentiableEngine.class)
                .map(Method::getName)
                .collect(Collectors.toSet());
        assertThat(computing).hasSizeGreaterThan(40);
        assertThat(CALLED).containsAll(computing);
    }

    /** An operation is added here after a look at its implementation for GPUs. Numbers are those of legacy_ops.h. */
    @Test
    void theEngineUsesFewOperationsOfNd4j() {
        assertThat(symbols)
                .containsOnlyKeys(
                        "add",
                        "add_scalar 0",
                        "biasadd",
                        "clipbyvalue",
                        "concat",
                        "divide",
                        "exp 23",
                        "matmul",
                        "mul_scalar 2",
                        "multiply",
                        "old_assign 0",
                        "relu 39",
                        "relu_bp",
                        "resize_bilinear",
                        "rsqrt 3",
                        "rsub_scalar 5",
                        "set_scalar 14",
                        "sigmoid 26",
                        "softmax",
                        "square 12",
                        "subtract");
    }

    @Test
    void everyOperationIsInTheLibraryForGpus() throws IOException {
        assertThat(librarySymbols()).hasSizeGreaterThan(500).containsAll(symbols.values());
    }

    @Test
    void theSymbolsAreThoseOfTheVersionInUse() throws IOException {
        Properties nd4j = new Properties();
        try (InputStream in = Nd4j.class.getResourceAsStream("/META-INF/maven/org.nd4j/nd4j-api/pom.properties")) {
            nd4j.load(in);
        }
        assertThat(resource().get(0)).contains("version " + nd4j.getProperty("version") + ",");
    }

    private static Set<String> librarySymbols() throws IOException {
        return resource().stream().filter(line -> !line.startsWith("#")).collect(Collectors.toSet());
    }

    private static List<String> resource() throws IOException {
        try (InputStream in = CudaOperationsTest.class.getResourceAsStream("nd4j/nd4j-cuda-symbols.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}

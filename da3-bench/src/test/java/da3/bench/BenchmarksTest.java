package da3.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import da3.core.EngineOptions;
import da3.core.Engines;
import da3.nn.Activation;
import da3.nn.Parameter;
import da3.nn.Precision;
import da3.nn.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every benchmark once with small sizes, including its check of results. */
class BenchmarksTest {

    private static void assumeAvailable(String engine) {
        if (engine.equals(BenchmarkedEngine.ONEDNN_BF16)) {
            try {
                Engines.create(EngineOptions.defaults().withEngine("onednn").withPrecision(Precision.BFLOAT16))
                        .close();
            } catch (IllegalStateException e) {
                assumeTrue(false, e.getMessage());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {BenchmarkedEngine.ONEDNN, BenchmarkedEngine.ONEDNN_BF16, BenchmarkedEngine.ND4J})
    void tokens(String engine) {
        assumeAvailable(engine);
        TokenBenchmark benchmark = new TokenBenchmark();
        benchmark.engine = engine;
        benchmark.grid = "3x5";
        benchmark.dim = 64;
        benchmark.heads = 2;
        benchmark.start();
        assertThat(benchmark.linear()).isEqualTo(3);
        assertThat(benchmark.linearGelu()).isEqualTo(3);
        assertThat(benchmark.linearResidual()).isEqualTo(3);
        assertThat(benchmark.linearSwiGlu()).isEqualTo(3);
        assertThat(benchmark.layerNorm()).isEqualTo(3);
        assertThat(benchmark.attentionWithin()).isEqualTo(3);
        assertThat(benchmark.attentionAcross()).isEqualTo(3);
        benchmark.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {BenchmarkedEngine.ONEDNN, BenchmarkedEngine.ONEDNN_BF16, BenchmarkedEngine.ND4J})
    void maps(String engine) {
        assumeAvailable(engine);
        MapBenchmark benchmark = new MapBenchmark();
        benchmark.engine = engine;
        benchmark.grid = "3x5";
        benchmark.features = 16;
        benchmark.start();
        assertThat(benchmark.convolution()).isEqualTo(4);
        assertThat(benchmark.convolutionHalving()).isEqualTo(4);
        assertThat(benchmark.transposedConvolution()).isEqualTo(4);
        assertThat(benchmark.resize()).isEqualTo(4);
        benchmark.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {BenchmarkedEngine.ONEDNN, BenchmarkedEngine.ONEDNN_BF16, BenchmarkedEngine.ND4J})
    void blocks(String engine) {
        assumeAvailable(engine);
        for (int views = 1; views <= 2; views++) {
            BlockBenchmark benchmark = new BlockBenchmark();
            benchmark.engine = engine;
            benchmark.views = views;
            benchmark.grid = "3x5";
            benchmark.dim = 64;
            benchmark.heads = 2;
            benchmark.start();
            assertThat(benchmark.block()).isEqualTo(3);
            benchmark.stop();
        }
    }

    @Test
    void models() {
        ModelBenchmark benchmark = new ModelBenchmark();
        benchmark.size = "14x28";
        benchmark.views = 2;
        benchmark.rays = true;
        benchmark.load();
        assertThat(benchmark.predict().scene().views()).hasSize(2);
        benchmark.close();
    }

    @Test
    void aWrongResultIsRefused() {
        try (BenchmarkedEngine subject = new BenchmarkedEngine(BenchmarkedEngine.ONEDNN)) {
            Parameter weight = subject.parameter("w", Parameter.Role.LINEAR, 8, 16);
            float[] values = subject.values(5, 16);
            Tensor x = subject.upload(values, 1, 5, 16);
            float[] wrong = subject.values(weight);
            wrong[100] *= 1.1f;
            assertThatThrownBy(() -> subject.check(
                            "product",
                            () -> subject.engine.linear(x, weight, null, Activation.NONE),
                            r -> ReferenceOperations.linear(ReferenceOperations.rows(values, 16)[r], wrong, null)))
                    .hasMessageContainingAll("of product on oneDNN", " must be within ");
        }
    }

    @Test
    void scenes() {
        SceneBenchmark benchmark = new SceneBenchmark();
        benchmark.views = 3;
        benchmark.width = 56;
        benchmark.voxelSize = 0.1;
        benchmark.frameWidth = 64;
        benchmark.render();
        assertThat(benchmark.fuse().triangleCount()).isGreaterThan(1000);
        assertThat(benchmark.splat().depth().width()).isEqualTo(64);
        assertThat(benchmark.splats()).isBetween(6_000, 3 * 56 * 42);
    }

    /** Runs the code that JMH generates for one benchmark. */
    @Test
    void jmhRunsBenchmarks() throws RunnerException {
        assertThat(new Runner(new OptionsBuilder()
                                .include("MapBenchmark.resize$")
                                .param("engine", BenchmarkedEngine.ONEDNN)
                                .param("grid", "2x3")
                                .param("features", "16")
                                .forks(0)
                                .warmupIterations(0)
                                .measurementIterations(1)
                                .measurementTime(TimeValue.milliseconds(20))
                                .verbosity(VerboseMode.SILENT)
                                .shouldFailOnError(true)
                                .build())
                        .run())
                .hasSize(1);
    }
}

package da3.nn.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.nn.Activation;
import da3.nn.Scope;
import da3.nn.Tensor;
import da3.nn.engine.Arena;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ScopeTest {

    private static Nd4jEngine engine;

    /** Work that may throw exceptions. */
    private interface Work {
        void run() throws Exception;
    }

    @BeforeAll
    static void open() {
        engine = new Nd4jEngine(1);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void closingReleasesTensors() {
        onEngine(() -> {
            Tensor x;
            try (Scope scope = engine.scope()) {
                x = ones(37);
                assertThat(users(x)).isOne();
            }
            assertThat(users(x)).isZero();
            try (Scope scope = engine.scope()) {
                assertThat(block(ones(37))).isEqualTo(block(x));
            }
        });
    }

    @Test
    void releasingATensorTwiceIsHarmless() {
        onEngine(() -> {
            try (Scope scope = engine.scope()) {
                Tensor x = ones(37);
                scope.release(x);
                scope.release(x);
                assertThat(users(x)).isZero();
                Tensor y = ones(37);
                Tensor z = ones(37);
                assertThat(block(y)).isEqualTo(block(x));
                assertThat(block(z)).isNotEqualTo(block(y));
            }
        });
    }

    @Test
    void aKeptTensorMovesToTheEnclosingScope() {
        onEngine(() -> {
            Tensor kept;
            try (Scope outer = engine.scope()) {
                try (Scope inner = engine.scope()) {
                    kept = inner.keep(ones(37));
                    ones(37);
                }
                assertThat(users(kept)).isOne();
                engine.upload(new float[37], 37);
                assertThat(engine.download(kept)).containsOnly(1f);
            }
            assertThat(users(kept)).isZero();
        });
    }

    @Test
    void aScopeAffectsOnlyItsOwnTensors() {
        onEngine(() -> {
            try (Scope outer = engine.scope()) {
                Tensor x = ones(5);
                try (Scope inner = engine.scope()) {
                    inner.keep(x);
                    inner.release(x);
                }
                assertThat(users(x)).isOne();
                outer.release(x);
                assertThat(users(x)).isZero();
            }
        });
    }

    @Test
    void aTensorCanBeKeptThroughSeveralScopes() {
        onEngine(() -> {
            try (Scope outer = engine.scope()) {
                Tensor x;
                try (Scope middle = engine.scope()) {
                    try (Scope inner = engine.scope()) {
                        x = ones(5);
                        inner.keep(x);
                        middle.keep(x);
                    }
                }
                assertThat(users(x)).isOne();
                assertThat(engine.download(x)).containsOnly(1f);
            }
        });
    }

    @Test
    void closingAScopeClosesInnerScopes() {
        onEngine(() -> {
            Scope outer = engine.scope();
            Scope inner = engine.scope();
            Tensor x = ones(5);
            outer.close();
            assertThat(users(x)).isZero();
            inner.close();
            assertThatThrownBy(() -> ones(5)).isInstanceOf(IllegalStateException.class);
        });
    }

    @Test
    void theOutermostScopeCannotKeepTensors() {
        onEngine(() -> {
            Tensor x;
            try (Scope scope = engine.scope()) {
                x = engine.reshape(ones(6), 2, 3);
                assertThatThrownBy(() -> scope.keep(x))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("[2, 3]");
                assertThat(engine.download(x)).containsOnly(1f);
            }
            assertThat(users(x)).isZero();
        });
    }

    @Test
    void reshapingKeepsTheValuesAlive() {
        onEngine(() -> {
            try (Scope outer = engine.scope()) {
                Tensor y;
                try (Scope inner = engine.scope()) {
                    Tensor x = ones(36);
                    y = inner.keep(engine.reshape(x, 4, 9));
                    inner.release(x);
                }
                assertThat(users(y)).isOne();
                engine.upload(new float[36], 36);
                assertThat(engine.download(y)).containsOnly(1f);
            }
        });
    }

    @Test
    void resizingToTheSameSizeKeepsTheValuesAlive() {
        onEngine(() -> {
            try (Scope outer = engine.scope()) {
                Tensor y;
                try (Scope inner = engine.scope()) {
                    y = inner.keep(engine.resize(engine.reshape(ones(36), 1, 4, 3, 3), 4, 3));
                }
                engine.upload(new float[36], 36);
                assertThat(engine.download(y)).containsOnly(1f);
            }
        });
    }

    @Test
    void anExceptionLeavesTheEngineUsable() {
        Tensor[] lost = new Tensor[1];
        assertThatThrownBy(() -> onEngine(() -> {
                    try (Scope outer = engine.scope()) {
                        lost[0] = ones(37);
                        engine.scope(); // left open
                        throw new IllegalArgumentException("expected");
                    }
                }))
                .hasMessage("expected");
        assertThat(users(lost[0])).isZero();
        onEngine(() -> {
            assertThatThrownBy(() -> ones(1)).isInstanceOf(IllegalStateException.class);
            try (Scope scope = engine.scope()) {
                assertThat(engine.download(ones(37))).containsOnly(1f);
            }
        });
    }

    @Test
    void tensorsRequireAnOpenScopeAndTheEngineThread() {
        onEngine(() -> assertThatThrownBy(() -> ones(4))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no scope is open"));
        assertThatThrownBy(() -> ones(4))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("thread of an operation must be da3-nd4j, inside run");
        assertThatThrownBy(engine::scope).hasMessageContaining("must be da3-nd4j, inside run");
    }

    @Test
    void rejectsReleasedTensors() {
        onEngine(() -> {
            Tensor x;
            try (Scope scope = engine.scope()) {
                x = ones(4);
            }
            Scope open = engine.scope();
            for (Work operation : new Work[] {
                () -> engine.download(x),
                () -> engine.reshape(x, 2, 2),
                () -> engine.add(x, x),
                () -> engine.activate(x, Activation.GELU),
            }) {
                assertThatThrownBy(operation::run)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("was released");
            }
            open.close();
        });
    }

    private static void onEngine(Work work) {
        engine.run(() -> {
            work.run();
            return null;
        });
    }

    private static Tensor ones(int n) {
        float[] values = new float[n];
        Arrays.fill(values, 1);
        return engine.upload(values, n);
    }

    private static int users(Tensor tensor) {
        return ((Nd4jTensor) tensor).storage.users;
    }

    private static Arena.Block<FloatMemory> block(Tensor tensor) {
        return ((Nd4jTensor) tensor).storage.block;
    }
}

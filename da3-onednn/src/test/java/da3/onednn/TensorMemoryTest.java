package da3.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.nn.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TensorMemoryTest {

    private final TensorMemory memory = new TensorMemory(() -> {}, 0);

    @BeforeAll
    static void load() {
        Library.load();
    }

    @AfterEach
    void clear() {
        memory.clear();
    }

    @Test
    void closingAScopeReleasesItsTensors() {
        OneDnnTensor x;
        try (Scope outer = memory.scope()) {
            try (Scope inner = memory.scope()) {
                x = memory.tensor(37);
                assertThat(x.storage.users).isOne();
            }
            assertThat(x.storage.users).isZero();
            assertThat(memory.tensor(37).at(0)).isEqualTo(x.at(0));
        }
        assertThat(x.storage.block.memory().isClosed()).isTrue();
    }

    @Test
    void tensorsAreAlignedAndDoNotOverlap() {
        try (Scope scope = memory.scope()) {
            OneDnnTensor a = memory.tensor(3, 7);
            OneDnnTensor b = memory.tensor(65 << 20); // more than a slab
            OneDnnTensor c = memory.tensor(5);
            assertThat(a.at(0) % 64).isZero();
            assertThat(b.at(0) % 64).isZero();
            assertThat(c.at(0)).isGreaterThanOrEqualTo(a.at(21));
            assertThat(b.storage.block.memory()).isNotSameAs(a.storage.block.memory());
        }
    }

    @Test
    void aKeptTensorMovesToTheEnclosingScope() {
        try (Scope outer = memory.scope()) {
            OneDnnTensor kept;
            try (Scope inner = memory.scope()) {
                kept = memory.tensor(37);
                inner.keep(kept);
            }
            assertThat(kept.storage.users).isOne();
            assertThatThrownBy(() -> outer.keep(kept)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void anAliasKeepsTheValuesAlive() {
        try (Scope outer = memory.scope()) {
            OneDnnTensor x = memory.tensor(36);
            OneDnnTensor y = memory.alias(x, 4, 9);
            outer.release(x);
            outer.release(x);
            assertThat(y.storage.users).isOne();
            assertThatThrownBy(() -> memory.alias(y, 7)).hasMessageContainingAll("[4, 9]", "36 and 7 values");
        }
    }

    @Test
    void tensorsRequireAnOpenScope() {
        assertThatThrownBy(() -> memory.tensor(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no scope is open");
    }
}

package da3.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PluralTest {

    @Test
    void nounsArePluralUnlessTheCountIsOne() {
        assertThat(Plural.of(1, "view")).isEqualTo("1 view");
        assertThat(Plural.of(0, "view")).isEqualTo("0 views");
        assertThat(Plural.of(2, "view")).isEqualTo("2 views");
    }
}

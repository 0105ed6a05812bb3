package da3.nn.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewOrderTest {

    @Test
    void movesTheReferenceViewToTheFront() {
        assertThat(ViewOrder.referenceFirst(4, 0)).containsExactly(0, 1, 2, 3);
        assertThat(ViewOrder.referenceFirst(4, 2)).containsExactly(2, 0, 1, 3);
        assertThat(ViewOrder.referenceFirst(4, 3)).containsExactly(3, 0, 1, 2);
        assertThat(ViewOrder.referenceFirst(1, 0)).containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 6})
    void theInverseRestoresTheOrder(int reference) {
        int[] order = ViewOrder.referenceFirst(7, reference);
        int[] inverse = ViewOrder.inverse(order);
        for (int view = 0; view < 7; view++) {
            assertThat(order[inverse[view]]).isEqualTo(view);
            assertThat(inverse[order[view]]).isEqualTo(view);
        }
    }
}

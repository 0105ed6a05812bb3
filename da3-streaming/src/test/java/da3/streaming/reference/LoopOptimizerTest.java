package da3.streaming.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Sim3;
import da3.geometry.align.Sim3Tangent;
import da3.geometry.math.Vec3;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopOptimizerTest {

    private static final LoopOptimizer OPTIMIZER = LoopOptimizer.defaults();

    /** Four steps and the loop share the error of the logarithm of the scale, a fifth each. */
    @Test
    void anErrorOfScaleIsSharedEqually() {
        List<Sim3> steps = Collections.nCopies(4, scaled(1.1));
        LoopOptimizer.Result result = OPTIMIZER.optimize(steps, List.of(new LoopEdge(4, 0, Sim3.IDENTITY)));
        double share = 4 * Math.log(1.1) / 5;
        for (Sim3 step : result.steps()) {
            assertThat(Math.log(step.scale())).isCloseTo(Math.log(1.1) - share, within(1e-9));
        }
        assertThat(result.finalCost()).isCloseTo(share * share / 7, within(1e-12));
        assertThat(result.initialCost()).isCloseTo(5 * share * share / 7, within(1e-12));
    }

    @Test
    void anErrorOfRotationIsSharedEqually() {
        Sim3 step = new Sim3Tangent(Vec3.ZERO, new Vec3(0, Math.PI / 2 + 0.05, 0), 0).exp();
        LoopOptimizer.Result result =
                OPTIMIZER.optimize(Collections.nCopies(4, step), List.of(new LoopEdge(4, 0, Sim3.IDENTITY)));
        for (Sim3 optimized : result.steps()) {
            assertThat(Sim3Tangent.log(optimized).rotation().y()).isCloseTo(Math.PI / 2 + 0.01, within(1e-9));
        }
    }

    @Test
    void consistentLoopsChangeNothing() {
        Sim3 step = new Sim3Tangent(new Vec3(1, 0.2, -0.3), new Vec3(0.1, 0.5, 0), 0.02).exp();
        LoopEdge loop = new LoopEdge(3, 1, step.compose(step));
        LoopOptimizer.Result result = OPTIMIZER.optimize(Collections.nCopies(3, step), List.of(loop));
        assertThat(result.initialCost()).isLessThan(1e-28);
        for (Sim3 optimized : result.steps()) {
            assertThat(optimized.translation().minus(step.translation()).norm()).isLessThan(1e-12);
        }
    }

    @Test
    void withoutLoopsTheStepsAreReturned() {
        List<Sim3> steps = List.of(scaled(2), scaled(3));
        assertThat(OPTIMIZER.optimize(steps, List.of()).steps()).isEqualTo(steps);
    }

    @Test
    void loopsConnectDifferentExistingWindows() {
        List<Sim3> steps = List.of(scaled(2), scaled(3));
        assertThatThrownBy(() -> OPTIMIZER.optimize(steps, List.of(new LoopEdge(3, 0, Sim3.IDENTITY))))
                .hasMessage("window of a loop must be from 0 to 2, got 3");
        assertThatThrownBy(() -> OPTIMIZER.optimize(steps, List.of(new LoopEdge(1, 1, Sim3.IDENTITY))))
                .hasMessage("windows of a loop must be different, got window 1 twice");
    }

    private static Sim3 scaled(double scale) {
        return new Sim3(scale, Sim3.IDENTITY.rotation(), Vec3.ZERO);
    }
}

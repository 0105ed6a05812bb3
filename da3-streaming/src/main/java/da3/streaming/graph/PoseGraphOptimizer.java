package da3.streaming.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Finds the poses and scales of a {@link PoseGraph} that agree best with its measurements. Edges and priors count with
 * the robust cost of Huber; loops are accepted or rejected by graduated non-convexity. The same graph and options always
 * give the same bits.
 *
 * <p>A loop is accepted if the other measurements allow it: its error and what it adds to theirs must be less than a
 * limit. Information matrices therefore have to cover systematic drift. If they claim more certainty than there is, correct
 * loops are rejected.
 *
 * <p>Source: Dellaert and Kaess, "Factor Graphs for Robot Perception", 2017, for the nonlinear least squares problem and
 * its sparse solution.
 */
public final class PoseGraphOptimizer {

    private final PoseGraphOptions options;

    public PoseGraphOptimizer(PoseGraphOptions options) {
        this.options = Objects.requireNonNull(options, "options");
    }

    /**
     * Optimizes a graph. Poses and scales that no measurement connects to a fixed or known one stay near their initial
     * values.
     *
     * @throws ArithmeticException if information matrices differ so much that double precision cannot express their sum
     */
    public PoseGraphResult optimize(PoseGraph graph) {
        FreeVariables variables = new FreeVariables(
                graph.poseCount(), graph.fixedPoses::contains, graph.scaleCount(), graph.fixedScales::contains);
        List<Term> reliable = reliableTerms(graph);
        LoopSelection loops = new LoopSelection(graph, reliable, variables, options);
        GraphState start = options.stagedStart() ? StagedStart.of(graph) : graph.initial;
        LoopSelection.Selection selection = loops.select(start);
        GraphState state = selection.state();
        return new PoseGraphResult(
                state.worldToCamera(),
                state.scales(),
                reliable.stream()
                        .limit(graph.edges.size())
                        .map(term -> term.kernel().weight(term.factor().squaredError(state)))
                        .toList(),
                Arrays.stream(selection.weights()).boxed().toList(),
                Term.cost(reliable, graph.initial) + loops.truncatedCost(graph.initial),
                Term.cost(reliable, state) + loops.truncatedCost(state),
                selection.iterations());
    }

    /** Returns the terms of everything but loops; those of edges between poses come first. */
    private List<Term> reliableTerms(PoseGraph graph) {
        List<Factor> factors = new ArrayList<>();
        graph.edges.forEach(edge -> factors.add(new PoseEdgeFactor(edge)));
        graph.scaleEdges.forEach(edge -> factors.add(ScaleFactor.of(edge)));
        factors.addAll(graph.posePriors);
        factors.addAll(graph.positionPriors);
        factors.addAll(graph.scalePriors);
        Kernel huber = Kernel.huber(options.huberThreshold());
        return factors.stream().map(factor -> new Term(factor, huber)).toList();
    }
}

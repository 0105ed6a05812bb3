package da3.train.objective;

import da3.geometry.check.Check;
import java.util.List;

/**
 * Options of the teacher's objective.
 *
 * @param weights weights of the terms
 * @param globalGrid maximum number of rows and of columns of an image that its alignment uses. Time grows with the
 *     fourth power
 * @param levels levels of the local terms, each once
 * @param alignmentGradient how alignments are differentiated
 */
public record TeacherOptions(
        TeacherWeights weights, int globalGrid, List<LocalLevel> levels, AlignmentGradient alignmentGradient) {

    /** @throws IllegalArgumentException if the grid is not positive or two levels are equal */
    public TeacherOptions {
        Check.positive("global alignment grid", globalGrid);
        levels = List.copyOf(levels);
        List<Integer> numbers = levels.stream().map(LocalLevel::level).toList();
        if (numbers.stream().distinct().count() < numbers.size()) {
            throw Check.invalid("levels", "different from each other", numbers);
        }
    }

    /** Returns the weights of the Depth Anything 3 paper with the grids and levels of MoGe, arXiv 2410.19115. */
    public static TeacherOptions defaults() {
        return new TeacherOptions(
                TeacherWeights.defaults(),
                32,
                List.of(new LocalLevel(4, 16, 16), new LocalLevel(16, 256, 8), new LocalLevel(64, 4096, 4)),
                AlignmentGradient.FLOWING);
    }

    public TeacherOptions withWeights(TeacherWeights changed) {
        return new TeacherOptions(changed, globalGrid, levels, alignmentGradient);
    }

    public TeacherOptions withGlobalGrid(int changed) {
        return new TeacherOptions(weights, changed, levels, alignmentGradient);
    }

    public TeacherOptions withLevels(List<LocalLevel> changed) {
        return new TeacherOptions(weights, globalGrid, changed, alignmentGradient);
    }

    public TeacherOptions withAlignmentGradient(AlignmentGradient changed) {
        return new TeacherOptions(weights, globalGrid, levels, changed);
    }
}

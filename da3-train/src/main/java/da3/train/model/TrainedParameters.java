package da3.train.model;

import da3.train.yaml.Section;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The parameters of a base that fine-tuning trains; all others are frozen, without gradient and state.
 *
 * @param kind how the parameters are chosen
 * @param blocks number of last transformer blocks, for {@code LAST_BLOCKS}
 * @param patterns regular expressions of which one must be found in a name, for {@code PATTERNS}
 */
public record TrainedParameters(Kind kind, int blocks, List<Pattern> patterns) {

    private static final Pattern BLOCK = Pattern.compile("\\.backbone\\.pretrained\\.blocks\\.(\\d+)\\.");

    /** Choices of parameters. */
    public enum Kind {
        ALL,
        /** Everything outside the backbone. */
        HEADS,
        /** The last transformer blocks and the final norm of the backbone, and the heads. */
        LAST_BLOCKS,
        PATTERNS,
        NONE
    }

    static final TrainedParameters ALL = new TrainedParameters(Kind.ALL, 0, List.of());

    /** Reads the keys {@code train}, {@code train_blocks} and {@code train_patterns}. */
    static TrainedParameters read(Section s, Kind defaultKind) {
        Kind kind = s.choice("train", defaultKind);
        int blocks = s.integer("train_blocks", kind == Kind.LAST_BLOCKS ? 2 : 0, 0, 64);
        List<String> patterns = s.texts("train_patterns");
        if (blocks > 0 != (kind == Kind.LAST_BLOCKS)) {
            throw s.invalid("train_blocks", blocks, "positive with train: last_blocks, and otherwise 0");
        }
        if (patterns.isEmpty() == (kind == Kind.PATTERNS)) {
            throw s.invalid("train_patterns", patterns, "given with train: patterns, and only then");
        }
        try {
            return new TrainedParameters(
                    kind, blocks, patterns.stream().map(Pattern::compile).toList());
        } catch (PatternSyntaxException e) {
            throw s.invalid("train_patterns", e.getPattern(), "a list of regular expressions");
        }
    }

    /**
     * Returns whether a parameter is trained.
     *
     * @param name checkpoint name
     * @param depth number of transformer blocks of the backbone
     */
    boolean includes(String name, int depth) {
        return switch (kind) {
            case ALL -> true;
            case HEADS -> isHead(name);
            case LAST_BLOCKS ->
                isHead(name) || name.contains(".backbone.pretrained.norm.") || block(name) >= depth - blocks;
            case PATTERNS ->
                patterns.stream().anyMatch(pattern -> pattern.matcher(name).find());
            case NONE -> false;
        };
    }

    private static boolean isHead(String name) {
        return !name.contains(".backbone.");
    }

    /** Returns the index of the transformer block of a parameter, or -1. */
    private static int block(String name) {
        Matcher matcher = BLOCK.matcher(name);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
    }
}

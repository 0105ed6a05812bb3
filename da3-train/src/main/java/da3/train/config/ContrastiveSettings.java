package da3.train.config;

import da3.train.yaml.Section;

/**
 * A contrastive loss between tokens of matching patches, before views see each other.
 *
 * @param weight weight in the total
 * @param temperature divisor of the cosine similarities
 */
public record ContrastiveSettings(DecayingWeight weight, double temperature) {

    /** No contrastive loss. */
    public static final ContrastiveSettings NONE = new ContrastiveSettings(DecayingWeight.ZERO, 1);

    static ContrastiveSettings read(Section s) {
        return new ContrastiveSettings(DecayingWeight.read(s), s.number("temperature", 0.1, 0.001, 100));
    }
}

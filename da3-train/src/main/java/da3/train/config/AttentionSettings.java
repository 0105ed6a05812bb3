package da3.train.config;

import da3.train.yaml.Section;

/**
 * A loss that supervises attention across views with matching patches.
 *
 * @param weight weight in the total
 * @param heads number of supervised heads of the first block across views
 */
public record AttentionSettings(DecayingWeight weight, int heads) {

    /** No loss on attention. */
    public static final AttentionSettings NONE = new AttentionSettings(DecayingWeight.ZERO, 1);

    static AttentionSettings read(Section s) {
        return new AttentionSettings(DecayingWeight.read(s), s.integer("heads", 1, 1, 1000));
    }
}

package da3.nn;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackboneConfigTest {

    @ParameterizedTest
    @CsvSource({
        "0, 14, 192, 12, 3, 'image size must be positive, got 0'",
        "224, 0, 192, 12, 3, 'patch size must be positive, got 0'",
        "224, 14, -6, 12, 3, 'channels must be positive, got -6'",
        "224, 14, 192, 0, 3, 'depth must be positive, got 0'",
        "224, 14, 192, 12, 0, 'heads must be positive, got 0'",
        "224, 14, 192, 12, 5, 'heads must be a divisor of the 192 channels, got 5'"
    })
    void rejectsInvalidSizes(int image, int patch, int dim, int depth, int heads, String message) {
        BackboneConfig b = Preset.DA3_TINY.config().main().backbone();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BackboneConfig(
                        image,
                        patch,
                        dim,
                        depth,
                        heads,
                        b.swiGlu(),
                        b.ffnHidden(),
                        b.altStart(),
                        b.qkNormStart(),
                        b.ropeStart(),
                        b.ropeFrequency(),
                        b.catToken(),
                        List.of(0, 1, 2, 3),
                        b.interpolateOffset(),
                        b.blockNormEpsilon(),
                        b.finalNormEpsilon(),
                        b.qkNormEpsilon(),
                        b.refViewMinViews()))
                .withMessage("backbone " + message);
    }
}

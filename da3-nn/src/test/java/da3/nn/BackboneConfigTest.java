package da3.nn;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackboneConfigTest {

    @ParameterizedTest
    @CsvSource({
        "0, 14, 192, 12, 3, 'image size must be above 0, got 0'",
        "224, 0, 192, 12, 3, 'patch size must be above 0, got 0'",
        "224, 14, -6, 12, 3, 'channels must be above 0, got -6'",
        "224, 14, 192, 0, 3, 'depth must be above 0, got 0'",
        "224, 14, 192, 12, 0, 'heads must be above 0, got 0'",
        "224, 14, 192, 12, 5, '5 heads do not divide 192 channels'"
    })
    void sizesThatNoNetworkHasAreRefused(int image, int patch, int dim, int depth, int heads, String sentence) {
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
                .withMessage("backbone: " + sentence);
    }
}

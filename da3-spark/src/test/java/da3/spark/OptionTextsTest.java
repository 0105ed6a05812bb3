package da3.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import da3.export.ExportFormat;
import da3.export.JobOptions;
import da3.export.OptionType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionTextsTest {

    @Test
    void everyKindOfValueIsRead() {
        JobOptions job = OptionTexts.parse(Map.of(
                "export_format", "feat_vis-glb",
                "export_feat_layers", "3, 7",
                "process_res", "280",
                "process_res_method", "lower_bound_resize",
                "native_size", "true",
                "conf_thresh_percentile", "12.5",
                "seed", "5000000000"));
        assertThat(job.formats()).containsExactly(ExportFormat.FEAT_VIS, ExportFormat.GLB);
        assertThat(job.inference().featureLayers()).isEqualTo(List.of(3, 7));
        assertThat(job.inference().resolution()).hasValue(280);
        assertThat(job.inference().resizeMethod()).hasToString("lower_bound_resize");
        assertThat(job.inference().nativeSize()).isTrue();
        assertThat(job.export().glb().confidencePercentile()).isEqualTo(12.5);
        assertThat(job.inference().seed()).isEqualTo(5_000_000_000L);
        assertThat(OptionTexts.parse(Map.of())).isEqualTo(JobOptions.defaults());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            native_size            | 1    | native_size must be true or false, got '1'
            process_res            | 10   | process_res must be at least 14, got 10
            conf_thresh_percentile | 101  | conf_thresh_percentile must be from 0 to 100, got 101.0
            conf_thresh_percentile | half | conf_thresh_percentile must be a number, got 'half'
            export_feat_layers     | 1;2  | export_feat_layers must be integers, joined by commas, got '1;2'
            seed                   | 1.5  | seed must be an integer, got '1.5'
            """)
    void otherValuesAreRejected(String name, String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OptionTexts.parse(Map.of(name, text)))
                .withMessage(message);
    }

    @Test
    void longIntegersHaveAMinimumAndMaximum() {
        OptionType<Long> fromOne = new OptionType<>(OptionType.Kind.LONG, List.of(), Optional.of(1L), Optional.empty());
        OptionType<Long> range =
                new OptionType<>(OptionType.Kind.LONG, List.of(), Optional.of(1L), Optional.of(5_000_000_000L));
        assertThat(OptionTexts.integer("frames", range, 5_000_000_000L)).isEqualTo(5_000_000_000L);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OptionTexts.integer("frames", fromOne, 0))
                .withMessage("frames must be at least 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OptionTexts.integer("frames", range, 5_000_000_001L))
                .withMessage("frames must be from 1 to 5000000000, got 5000000001");
    }

    @Test
    void unknownNamesAreRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OptionTexts.parse(Map.of("resolution", "280")))
                .withMessageStartingWith("option must be one of export_format, process_res,")
                .withMessageEndingWith("got 'resolution'");
    }
}

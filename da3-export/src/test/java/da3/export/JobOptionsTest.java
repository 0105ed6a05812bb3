package da3.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.core.InputProcessing;
import da3.nn.ModelConfig;
import da3.nn.Output;
import da3.nn.Preset;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobOptionsTest {

    private static final ModelConfig SMALL = Preset.DA3_SMALL.config();
    private static final List<InputProcessing.Size> DIFFERENT =
            List.of(new InputProcessing.Size(56, 42), new InputProcessing.Size(42, 56));

    @Test
    void formatsHaveDefaults() {
        assertThat(JobOptions.defaults().formats()).containsExactly(ExportFormat.MINI_NPZ, ExportFormat.GLB);
        assertThat(JobOptions.builder()
                        .inference(o -> o.independent(true))
                        .build()
                        .formats())
                .containsExactly(ExportFormat.DEPTH_VIS);
        assertThat(JobOptions.defaults().toBuilder().build()).isEqualTo(JobOptions.defaults());
        assertThatThrownBy(() -> JobOptions.builder().formats(List.of()).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("number of export formats must be at least 1, got 0");
    }

    @Test
    void formatsDetermineTheRequestedOutputs() {
        JobOptions gaussians = JobOptions.builder().formats(ExportFormat.GS_PLY).build();
        assertThat(gaussians.inference().outputs()).containsExactlyInAnyOrder(Output.CAMERA, Output.GAUSSIANS);
        JobOptions scene = gaussians.toBuilder().formats(ExportFormat.GLB).build();
        assertThat(scene.inference().outputs()).isEmpty();
        assertThat(gaussians.toBuilder()
                        .formats(ExportFormat.NPZ)
                        .inference(o -> o.independent(true))
                        .build()
                        .inference()
                        .outputs())
                .isEmpty();
    }

    @Test
    void pointCloudsUseTheInferenceSeed() {
        JobOptions job = JobOptions.builder().inference(o -> o.seed(7)).build();
        assertThat(job.export().glb().seed()).isEqualTo(7);
    }

    @Test
    void independentImagesCannotFormAScene() {
        for (ExportFormat format : ExportFormat.values()) {
            JobOptions.Builder job = JobOptions.builder().formats(format).inference(o -> o.independent(true)
                    .featureLayers(List.of(1)));
            if (format.isOneScene()) {
                assertThatThrownBy(job::build)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith(
                                "format of independent images must be one of mini_npz, npz, depth_vis, ")
                        .hasMessageEndingWith("got " + format.id() + ", which puts all views into one scene");
            } else {
                assertThatCode(job::build).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void archivesNeedMapsOfEqualSize() {
        JobOptions job = JobOptions.builder()
                .formats(ExportFormat.MINI_NPZ)
                .inference(o -> o.resolution(56))
                .build();
        assertThatCode(() -> job.requireServed(SMALL, "small", DIFFERENT)).doesNotThrowAnyException();
        for (JobOptions separate : List.of(
                job.toBuilder().inference(o -> o.nativeSize(true)).build(),
                job.toBuilder().inference(o -> o.independent(true)).build())) {
            assertThatThrownBy(() -> separate.requireServed(SMALL, "small", DIFFERENT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("size of all maps in mini_npz must be the same, got 56x42, 42x56");
            separate.requireServed(SMALL, "small", DIFFERENT.subList(0, 1));
        }
    }

    @Test
    void theModelMustPredictWhatTheFormatsNeed() {
        JobOptions job = JobOptions.builder().formats(ExportFormat.GS_PLY).build();
        assertThatThrownBy(() -> job.requireServed(SMALL, "small", DIFFERENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("gs_ply needs Gaussians, which small does not predict");
        job.requireServed(Preset.DA3_GIANT.config(), "giant", DIFFERENT);
    }

    @Test
    void videosLimitTheNativeSize() {
        JobOptions job = JobOptions.builder()
                .formats(ExportFormat.FEAT_VIS)
                .inference(o -> o.featureLayers(List.of(1)).resolution(56))
                .build();
        List<InputProcessing.Size> large = List.of(new InputProcessing.Size(4000, 3000));
        job.requireServed(SMALL, "small", large);
        JobOptions nativeSize =
                job.toBuilder().inference(o -> o.nativeSize(true)).build();
        assertThatThrownBy(() -> nativeSize.requireServed(SMALL, "small", large))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("feat_vis of maps of 4000x3000");
    }

    @Test
    void fieldsHaveUniqueNamesAndDescriptions() {
        assertThat(OptionFields.all())
                .extracting(OptionField::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z_]+"));
        assertThat(OptionFields.all().stream().flatMap(field -> field.commandLineName().stream()))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("--[a-z-]+"));
        assertThat(OptionFields.all())
                .allSatisfy(field -> assertThat(field.description()).matches("[A-Z].*[^.]"));
    }
}

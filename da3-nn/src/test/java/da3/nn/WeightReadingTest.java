package da3.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks read only the weights that they need, on first use, and once. */
class WeightReadingTest {

    private static Engine engine;

    private final SeededWeights weights = new SeededWeights(1);
    private final Network network = new Network(engine, weights, "model", SmallNetworks.giant());

    @BeforeAll
    static void open() {
        engine = EngineUnderTest.open(1);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void declaringReadsNothing() {
        assertThat(weights.reads()).isEmpty();
    }

    @Test
    void everyWeightIsReadOnce() {
        forward(network, false, Output.values());
        forward(network, true, Output.values());
        assertThat(weights.reads().values()).containsOnly(1);
    }

    @Test
    void everyWeightIsDeclaredBeforeItIsRead() {
        Set<String> declared = Set.copyOf(weights.required());
        forward(network, false, Output.values());
        forward(network, true, Output.values());
        assertThat(weights.reads().keySet()).isEqualTo(declared);
    }

    @ParameterizedTest
    @EnumSource(Output.class)
    void onlyRequestedHeadsAreRead(Output requested) {
        forward(network, false, requested);
        assertRead("backbone.", true);
        assertRead("model.head.", requested == Output.DEPTH || requested == Output.RAYS);
        assertRead("model.head.scratch.output_conv2.", requested == Output.DEPTH);
        assertRead("_aux", requested == Output.RAYS);
        assertRead("cam_dec.", requested == Output.CAMERA);
        assertRead("gs_head.", requested == Output.GAUSSIANS);
        assertRead("cam_enc.", false);
    }

    @Test
    void givenCamerasUseTheEncoderInsteadOfTheLearnedToken() {
        forward(network, true, Output.DEPTH);
        assertRead("cam_enc.", true);
        assertRead("camera_token", false);
        forward(network, false, Output.DEPTH);
        assertRead("camera_token", true);
    }

    @Test
    void coarserLevelsOfTheRayBranchAreNeverRead() {
        forward(network, true, Output.values());
        for (int level = 0; level < 3; level++) {
            assertRead("output_conv1_aux." + level + ".", false);
            assertRead("output_conv2_aux." + level + ".", false);
        }
        assertRead("output_conv1_aux.3.", true);
        assertRead("output_conv2_aux.3.", true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.backbone.pretrained.pos_embed",
                "model.backbone.pretrained.blocks.2.attn.q_norm.bias",
                "model.head.scratch.layer2_rn.weight",
                "model.head.resize_layers.1.weight",
                "model.cam_dec.fc_t.weight",
            })
    void namesAMissingWeightAndLeavesTheEngineUsable(String name) {
        SeededWeights partial = new SeededWeights(1, name::equals);
        Network broken = new Network(engine, partial, "model", SmallNetworks.giant());
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> forward(broken, false, Output.values()))
                    .isInstanceOf(WeightsException.class)
                    .hasMessageContaining(name);
        }
        assertThat(forward(network, false, Output.DEPTH).depth())
                .isEqualTo(forward(network, false, Output.values()).depth());
    }

    private static NetworkOutput forward(Network network, boolean posed, Output... outputs) {
        return network.forward(
                NetworkTest.input(3, 28, 28, posed), NetworkRequest.of(Set.of(outputs)), Progress.SILENT);
    }

    private void assertRead(String part, boolean expected) {
        assertThat(weights.reads().keySet().stream().anyMatch(name -> name.contains(part)))
                .as(part)
                .isEqualTo(expected);
    }
}

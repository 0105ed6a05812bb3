package da3.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.Image;
import da3.nn.ModelConfig;
import da3.nn.Output;
import da3.nn.Preset;
import da3.nn.shape.OperationMemory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MemoryBudgetTest {

    private static final ModelConfig SMALL = Preset.DA3_SMALL.config();
    private static final Request TWENTY =
            Request.of(RandomImages.of(20, 56, 42, 1)).withOptions(o -> o.resolution(56));

    private static final EngineOptions ENGINE = new EngineOptions("nd4j", 1);
    private static final OperationMemory OPERATIONS = Engines.memory(ENGINE);
    private static final LongSupplier AMPLE = () -> Long.MAX_VALUE;

    @Test
    void theMessageNamesTheNumberOfViewsThatFit() {
        long seven = ofFirst(7, TWENTY).total();
        MemoryBudget budget = new MemoryBudget(SMALL, OPERATIONS, seven);
        assertThatThrownBy(() -> require(budget, TWENTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("20 views of 56x42", "weights", "activations", "MB are allowed")
                .hasMessageEndingWith("up to 7 views of this size fit");
        Request sevenViews = Request.of(RandomImages.of(7, 56, 42, 1)).withOptions(o -> o.resolution(56));
        assertThatCode(() -> require(budget, sevenViews)).doesNotThrowAnyException();
    }

    @Test
    void requestsWithoutAResolutionUseTheProcessingSizeOfTheModel() {
        ModelConfig model = SMALL.withProcessingSize(28);
        Request unsized = Request.of(RandomImages.of(3, 56, 42, 1));
        MemoryEstimate estimate = MemoryEstimate.of(model, unsized, ENGINE); // 56x42 becomes 28x21, then 28x28
        assertThat(estimate)
                .isEqualTo(MemoryEstimate.of(SMALL, sizes(3, 28, 28), at(28), 0, ENGINE))
                .isNotEqualTo(MemoryEstimate.of(SMALL, unsized, ENGINE));
        MemoryBudget budget = new MemoryBudget(model, OPERATIONS, estimate.total());
        assertThatCode(() -> require(budget, unsized)).doesNotThrowAnyException();
        assertThat(budget.fit(sizes(3, 560, 420), unsized.options(), 0, Optional.empty())
                        .neededBytes())
                .isEqualTo(estimate.total());
        assertThatThrownBy(() -> require(budget, unsized.withOptions(o -> o.resolution(56))))
                .hasMessageContaining("3 views of 56x42");
    }

    @Test
    void aLimitBelowOneViewIsReported() {
        assertThatThrownBy(() -> require(new MemoryBudget(SMALL, OPERATIONS, 1000), TWENTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not even one view fits");
        Request one = Request.of(RandomImages.of(1, 56, 42, 1)).withOptions(o -> o.resolution(56));
        assertThatThrownBy(() -> require(new MemoryBudget(SMALL, OPERATIONS, 1000), one))
                .hasMessageStartingWith("predicting 1 view of 56x42 needs about");
    }

    @Test
    void loadedWeightsDoNotCountTwice() {
        MemoryEstimate estimate = MemoryEstimate.of(SMALL, TWENTY, ENGINE);
        MemoryBudget budget = new MemoryBudget(
                SMALL, OPERATIONS, 0, () -> OptionalLong.of(estimate.total() - estimate.held()), AMPLE);
        assertThatThrownBy(() -> require(budget, TWENTY)).hasMessageContaining("are available");
        budget.markWeightsLoaded();
        assertThatCode(() -> require(budget, TWENTY)).doesNotThrowAnyException();
    }

    @Test
    void unknownAvailableMemorySetsNoLimit() {
        assertThatCode(() -> require(new MemoryBudget(SMALL, OPERATIONS, 0, OptionalLong::empty, AMPLE), TWENTY))
                .doesNotThrowAnyException();
    }

    @Test
    void resultsMustFitIntoTheHeap() {
        long results = MemoryEstimate.of(SMALL, TWENTY, ENGINE).results();
        assertThatThrownBy(() ->
                        require(new MemoryBudget(SMALL, OPERATIONS, 0, OptionalLong::empty, () -> results - 1), TWENTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("20 views of 56x42 needs about", "Java heap for results", "-Xmx");
        assertThatCode(() ->
                        require(new MemoryBudget(SMALL, OPERATIONS, 0, OptionalLong::empty, () -> results), TWENTY))
                .doesNotThrowAnyException();
    }

    @Test
    void imageSizesGiveTheEstimateOfDecodedImages() {
        long seven = ofFirst(7, TWENTY).total();
        MemoryCheck fit = new MemoryBudget(SMALL, OPERATIONS, seven)
                .fit(sizes(20, 560, 420), TWENTY.options(), 0, Optional.empty());
        assertThat(fit.fits()).isFalse();
        assertThat(fit.viewsThatFit()).isEqualTo(7);
        assertThat(fit.availableBytes()).isEqualTo(seven);
        assertThat(fit.neededBytes())
                .isEqualTo(MemoryEstimate.of(SMALL, TWENTY, ENGINE).total());
        assertThat(fit.sentence())
                .startsWith("predicting 20 views of 56x42 needs about")
                .endsWith("up to 7 views of this size fit");
        MemoryCheck fewer = new MemoryBudget(SMALL, OPERATIONS, seven)
                .fit(sizes(7, 560, 420), TWENTY.options(), 0, Optional.empty());
        assertThat(fewer.fits()).isTrue();
        assertThat(fewer.viewsThatFit()).isEqualTo(7);
    }

    @Test
    void decodedImagesAndResultsMustFitIntoTheHeap() {
        long image = 3L * 560 * 420;
        long three = 3 * image + ofFirst(3, TWENTY).results();
        MemoryBudget budget = new MemoryBudget(SMALL, OPERATIONS, 0, OptionalLong::empty, () -> three);
        assertThat(budget.fit(sizes(3, 560, 420), TWENTY.options(), 0, Optional.empty())
                        .fits())
                .isTrue();
        MemoryCheck four = budget.fit(sizes(4, 560, 420), TWENTY.options(), 0, Optional.empty());
        assertThat(four.fits()).isFalse();
        assertThat(four.viewsThatFit()).isEqualTo(3);
        assertThat(four.availableBytes()).isEqualTo(three);
        assertThat(four.sentence()).contains("Java heap").contains("-Xmx");
    }

    @Test
    void memoryOfTheRunningRequestCountsAsAvailable() {
        MemoryEstimate estimate = MemoryEstimate.of(SMALL, TWENTY, ENGINE);
        long temporary = estimate.total() - estimate.held();
        MemoryBudget idle = new MemoryBudget(SMALL, OPERATIONS, 0, () -> OptionalLong.of(temporary), () -> 30_000_000);
        idle.markWeightsLoaded();
        Optional<MemoryCheck> running =
                Optional.of(idle.fit(sizes(20, 560, 420), TWENTY.options(), 0, Optional.empty()));
        assertThat(running.get().fits()).isTrue();
        MemoryBudget busy = new MemoryBudget(SMALL, OPERATIONS, 0, () -> OptionalLong.of(1000), () -> 1000);
        busy.markWeightsLoaded();
        assertThat(busy.fit(sizes(20, 560, 420), TWENTY.options(), 0, Optional.empty())
                        .fits())
                .isFalse();
        assertThat(busy.fit(sizes(20, 560, 420), TWENTY.options(), 0, running).fits())
                .isTrue();
        assertThat(busy.fit(sizes(21, 560, 420), TWENTY.options(), 0, running).fits())
                .isFalse();
    }

    private static List<InputProcessing.Size> sizes(int count, int width, int height) {
        return Collections.nCopies(count, new InputProcessing.Size(width, height));
    }

    @Test
    void aModelAppliesItsMemoryLimit() {
        EngineOptions options = EngineOptions.defaults().withThreads(1).withMemoryLimitBytes(1_000_000);
        try (DepthAnything3 model = DepthAnything3.load("seeded:da3-small", options)) {
            assertThatThrownBy(() -> model.predict(TWENTY))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 MB are allowed");
        }
        assertThatThrownBy(() -> EngineOptions.defaults().withMemoryLimitBytes(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("-1", "must be 0");
    }

    @Test
    void requestedOutputsNeedMoreMemory() {
        Request plain = TWENTY;
        long depth = MemoryEstimate.of(SMALL, plain, ENGINE).total();
        assertThat(MemoryEstimate.of(SMALL, plain.withOptions(o -> o.outputs(Set.of(Output.RAYS))), ENGINE)
                        .total())
                .isGreaterThan(depth);
        assertThat(MemoryEstimate.of(SMALL, plain.withOptions(o -> o.featureLayers(List.of(3, 5))), ENGINE)
                        .total())
                .isGreaterThan(depth);
        assertThat(MemoryEstimate.of(SMALL, plain.withOptions(o -> o.nativeSize(true)), ENGINE)
                        .results())
                .isGreaterThan(MemoryEstimate.of(SMALL, plain, ENGINE).results());
        assertThat(MemoryEstimate.of(Preset.DA3NESTED_GIANT_LARGE.config(), plain, ENGINE)
                        .weights())
                .isGreaterThan(5_000_000_000L);
    }

    @Test
    void independentImagesShareActivationsButNotResults() {
        List<Image> images = new ArrayList<>(RandomImages.of(3, 56, 42, 1));
        images.add(RandomImages.of(1, 56, 56, 2).get(0));
        Request request = Request.of(images).withOptions(o -> o.resolution(56));
        MemoryEstimate all = MemoryEstimate.of(SMALL, request.withOptions(o -> o.independent(true)), ENGINE);
        MemoryEstimate flat = MemoryEstimate.of(SMALL, request.ofView(0), ENGINE);
        MemoryEstimate square = MemoryEstimate.of(SMALL, request.ofView(3), ENGINE);
        assertThat(all.activations()).isEqualTo(square.activations()).isGreaterThan(flat.activations());
        assertThat(all.results()).isEqualTo(3 * flat.results() + square.results());
        assertThat(all.weights()).isEqualTo(flat.weights());
        MemoryBudget budget = new MemoryBudget(SMALL, OPERATIONS, all.total() - square.results());
        assertThatThrownBy(() -> require(budget, request.withOptions(o -> o.independent(true))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("predicting 4 independent images needs about")
                .hasMessageEndingWith("the first 3 of these images fit");
    }

    @Test
    void nativeSizeResultsCountOncePerView() {
        long one = nativeResults(TWENTY, 1);
        assertThat(nativeResults(TWENTY, 20)).isEqualTo(20 * one);
        assertThat(one).isEqualTo(nativeResults(TWENTY.ofView(0), 1));
    }

    private static long nativeResults(Request request, int views) {
        return ofFirst(views, request.withOptions(o -> o.nativeSize(true))).results();
    }

    private static MemoryEstimate ofFirst(int views, Request request) {
        return MemoryEstimate.ofFirst(
                views, SMALL, request.sizes(), request.options(), 0, new NetworkMemories(OPERATIONS));
    }

    private static void require(MemoryBudget budget, Request request) {
        budget.require(request.sizes(), request.options(), request.poses().size());
    }

    private static InferenceOptions at(int resolution) {
        return InferenceOptions.builder().resolution(resolution).build();
    }

    @Test
    void sizesOfIndependentImagesAreCountedOneByOne() {
        List<InputProcessing.Size> images = List.of(
                new InputProcessing.Size(560, 420),
                new InputProcessing.Size(560, 420),
                new InputProcessing.Size(56, 56));
        InferenceOptions options =
                InferenceOptions.builder().resolution(56).independent(true).build();
        MemoryEstimate all = MemoryEstimate.of(SMALL, images, options, 0, ENGINE);
        MemoryCheck fit =
                new MemoryBudget(SMALL, OPERATIONS, all.total() - 1).fit(images, options, 0, Optional.empty());
        assertThat(fit.neededBytes()).isEqualTo(all.total());
        assertThat(fit.viewsThatFit()).isEqualTo(2);
        assertThat(fit.sentence())
                .startsWith("predicting 3 independent images needs about")
                .endsWith("the first 2 of these images fit");
    }

    /** The expected activations are those that the ND4J engine allocates. */
    @ParameterizedTest
    @MethodSource("knownEstimates")
    void estimatesFromSizesHaveKnownValues(
            ModelConfig model,
            List<InputProcessing.Size> images,
            InferenceOptions.Builder options,
            int knownPoses,
            MemoryEstimate expected) {
        assertThat(MemoryEstimate.of(model, images, options.build(), knownPoses, ENGINE))
                .isEqualTo(expected);
    }

    static Stream<Arguments> knownEstimates() {
        List<InputProcessing.Size> two = sizes(2, 56, 42);
        List<InputProcessing.Size> mixed = new ArrayList<>(two);
        mixed.add(new InputProcessing.Size(56, 70));
        InferenceOptions plain = at(56);
        long weights = 102_614_956;
        return Stream.of(
                known(SMALL, two, plain.toBuilder(), 0, weights, 3_051_456, 159_136),
                known(SMALL, two, InferenceOptions.builder(), 0, weights, 171_443_392, 12_808_096),
                known(
                        SMALL,
                        two,
                        plain.toBuilder()
                                .outputs(Set.of(Output.RAYS, Output.CAMERA))
                                .featureLayers(List.of(3, 5)),
                        0,
                        105_157_192,
                        3_128_256,
                        318_880),
                known(SMALL, two, plain.toBuilder().posesFromRays(true), 1, 129_115_684, 3_050_048, 245_152),
                known(
                        Preset.DA3NESTED_GIANT_LARGE.config(),
                        two,
                        plain.toBuilder().outputs(Set.of(Output.GAUSSIANS)).nativeSize(true),
                        0,
                        6_228_921_036L,
                        13_631_616,
                        2_511_136),
                known(SMALL, mixed, plain.toBuilder().nativeSize(true), 0, weights, 2_441_536, 282_900),
                known(
                        SMALL,
                        mixed,
                        plain.toBuilder().independent(true).nativeSize(true),
                        0,
                        weights,
                        2_700_096,
                        342_192));
    }

    private static Arguments known(
            ModelConfig model,
            List<InputProcessing.Size> images,
            InferenceOptions.Builder options,
            int knownPoses,
            long weights,
            long activations,
            long results) {
        return Arguments.of(
                model,
                images,
                options,
                knownPoses,
                new MemoryEstimate(OPERATIONS.libraries(), weights, activations, results));
    }

    @Test
    void availableMemoryIsReadFromMeminfo() {
        assertThat(AvailableMemory.parse(List.of("MemTotal:       24109812 kB", "MemAvailable:    1048576 kB")))
                .hasValue(1L << 30);
        assertThat(AvailableMemory.parse(List.of("MemTotal:       24109812 kB")))
                .isEmpty();
    }

    @Test
    void containerLimitsDoNotCountInactiveFilePages() {
        List<String> stat = List.of("anon 100", "inactive_file 2000", "total_inactive_file 3000");
        assertThat(ControlGroup.available("10000\n", "7000\n", stat, "inactive_file"))
                .hasValue(5000);
        assertThat(ControlGroup.available("10000\n", "7000\n", stat, "total_inactive_file"))
                .hasValue(6000);
        assertThat(ControlGroup.available("10000", "12000", List.of(), "inactive_file"))
                .hasValue(0);
        assertThat(ControlGroup.available("max\n", "7000\n", stat, "inactive_file"))
                .isEmpty();
        assertThat(ControlGroup.available("9223372036854771712\n", "7000\n", stat, "total_inactive_file"))
                .hasValue(9223372036854771712L - 4000);
    }
}

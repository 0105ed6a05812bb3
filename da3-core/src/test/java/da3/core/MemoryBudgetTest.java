package da3.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.geometry.Image;
import da3.nn.ModelConfig;
import da3.nn.Output;
import da3.nn.Preset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

    private static final ModelConfig SMALL = Preset.DA3_SMALL.config();
    private static final Request TWENTY =
            Request.of(RandomPhotos.of(20, 56, 42, 1)).withResolution(56, ResizeMethod.UPPER_BOUND_RESIZE);

    private static final LongSupplier AMPLE = () -> Long.MAX_VALUE;

    @Test
    void asManyViewsFitAsAreNamed() {
        long seven = MemoryEstimate.of(SMALL, TWENTY, 7, 42, 56).total();
        MemoryBudget budget = new MemoryBudget(SMALL, seven);
        assertThatThrownBy(() -> budget.require(TWENTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("20 views of 56x42", "weights", "activations", "MB are allowed")
                .hasMessageEndingWith("legal: up to 7 views of this size");
        Request sevenViews =
                Request.of(RandomPhotos.of(7, 56, 42, 1)).withResolution(56, ResizeMethod.UPPER_BOUND_RESIZE);
        assertThatCode(() -> budget.require(sevenViews)).doesNotThrowAnyException();
    }

    @Test
    void theModelsOwnSizeCountsForARequestWithoutOne() {
        ModelConfig model = SMALL.withProcessingSize(28);
        Request unsized = Request.of(RandomPhotos.of(3, 56, 42, 1));
        MemoryEstimate estimate = MemoryEstimate.of(model, unsized, 3, 28, 28); // 56x42 becomes 28x21, then 28x28
        assertThat(MemoryEstimate.of(model, unsized)).isEqualTo(estimate);
        MemoryBudget budget = new MemoryBudget(model, estimate.total());
        assertThatCode(() -> budget.require(unsized)).doesNotThrowAnyException();
        assertThat(budget.fit(unsized, sizes(3, 560, 420), Optional.empty()).neededBytes())
                .isEqualTo(estimate.total());
        assertThatThrownBy(() -> budget.require(unsized.withResolution(56, ResizeMethod.UPPER_BOUND_RESIZE)))
                .hasMessageContaining("3 views of 56x42");
    }

    @Test
    void aLimitThatHoldsNoViewSaysSo() {
        assertThatThrownBy(() -> new MemoryBudget(SMALL, 1000).require(TWENTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not even one view fits");
        Request one = Request.of(RandomPhotos.of(1, 56, 42, 1)).withResolution(56, ResizeMethod.UPPER_BOUND_RESIZE);
        assertThatThrownBy(() -> new MemoryBudget(SMALL, 1000).require(one))
                .hasMessageStartingWith("predicting 1 view of 56x42 takes about");
    }

    @Test
    void weightsInMemoryTakeNoMoreOfWhatIsAvailable() {
        MemoryEstimate estimate = MemoryEstimate.of(SMALL, TWENTY);
        MemoryBudget budget =
                new MemoryBudget(SMALL, 0, () -> OptionalLong.of(estimate.total() - estimate.held()), AMPLE);
        assertThatThrownBy(() -> budget.require(TWENTY)).hasMessageContaining("are available");
        budget.weightsAreHeld();
        assertThatCode(() -> budget.require(TWENTY)).doesNotThrowAnyException();
    }

    @Test
    void aSystemThatDoesNotTellSetsNoLimit() {
        assertThatCode(() -> new MemoryBudget(SMALL, 0, OptionalLong::empty, AMPLE).require(TWENTY))
                .doesNotThrowAnyException();
    }

    @Test
    void resultsHaveToFitOnTheHeap() {
        long results = MemoryEstimate.of(SMALL, TWENTY).results();
        assertThatThrownBy(() -> new MemoryBudget(SMALL, 0, OptionalLong::empty, () -> results - 1).require(TWENTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("20 views of 56x42 gives results of", "Java heap", "-Xmx");
        assertThatCode(() -> new MemoryBudget(SMALL, 0, OptionalLong::empty, () -> results).require(TWENTY))
                .doesNotThrowAnyException();
    }

    @Test
    void photosThatAreNotDecodedYetAreCountedAsIfTheyWere() {
        long seven = MemoryEstimate.of(SMALL, TWENTY, 7, 42, 56).total();
        MemoryCheck fit = new MemoryBudget(SMALL, seven).fit(TWENTY, sizes(20, 560, 420), Optional.empty());
        assertThat(fit.fits()).isFalse();
        assertThat(fit.viewsThatFit()).isEqualTo(7);
        assertThat(fit.availableBytes()).isEqualTo(seven);
        assertThat(fit.neededBytes()).isEqualTo(MemoryEstimate.of(SMALL, TWENTY).total());
        assertThat(fit.sentence())
                .startsWith("predicting 20 views of 56x42 takes about")
                .endsWith("legal: up to 7 views of this size");
        MemoryCheck fewer = new MemoryBudget(SMALL, seven).fit(TWENTY, sizes(7, 560, 420), Optional.empty());
        assertThat(fewer.fits()).isTrue();
        assertThat(fewer.viewsThatFit()).isEqualTo(7);
    }

    @Test
    void decodedPhotosHaveToFitOnTheHeapBesideTheResults() {
        long photo = 3L * 560 * 420;
        long three = 3 * photo + MemoryEstimate.of(SMALL, TWENTY, 3, 42, 56).results();
        MemoryBudget budget = new MemoryBudget(SMALL, 0, OptionalLong::empty, () -> three);
        assertThat(budget.fit(TWENTY, sizes(3, 560, 420), Optional.empty()).fits())
                .isTrue();
        MemoryCheck four = budget.fit(TWENTY, sizes(4, 560, 420), Optional.empty());
        assertThat(four.fits()).isFalse();
        assertThat(four.viewsThatFit()).isEqualTo(3);
        assertThat(four.availableBytes()).isEqualTo(three);
        assertThat(four.sentence()).contains("Java heap").contains("-Xmx");
    }

    @Test
    void whatRunsGivesItsMemoryBack() {
        MemoryEstimate estimate = MemoryEstimate.of(SMALL, TWENTY);
        long passing = estimate.total() - estimate.held();
        MemoryBudget idle = new MemoryBudget(SMALL, 0, () -> OptionalLong.of(passing), () -> 30_000_000);
        idle.weightsAreHeld();
        Optional<MemoryCheck> running = Optional.of(idle.fit(TWENTY, sizes(20, 560, 420), Optional.empty()));
        assertThat(running.get().fits()).isTrue();
        MemoryBudget busy = new MemoryBudget(SMALL, 0, () -> OptionalLong.of(1000), () -> 1000);
        busy.weightsAreHeld();
        assertThat(busy.fit(TWENTY, sizes(20, 560, 420), Optional.empty()).fits())
                .isFalse();
        assertThat(busy.fit(TWENTY, sizes(20, 560, 420), running).fits()).isTrue();
        assertThat(busy.fit(TWENTY, sizes(21, 560, 420), running).fits()).isFalse();
    }

    private static List<InputProcessing.Size> sizes(int count, int width, int height) {
        return Collections.nCopies(count, new InputProcessing.Size(width, height));
    }

    @Test
    void aModelKeepsItsLimit() {
        EngineOptions options = EngineOptions.defaults().withThreads(1).withMemoryLimitBytes(1_000_000);
        try (DepthAnything3 model = DepthAnything3.load("seeded:da3-small", options)) {
            assertThatThrownBy(() -> model.predict(TWENTY))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 MB are allowed");
        }
        assertThatThrownBy(() -> EngineOptions.defaults().withMemoryLimitBytes(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("-1", "legal: 0");
    }

    @Test
    void whatIsAskedForCosts() {
        Request plain = TWENTY;
        long depth = MemoryEstimate.of(SMALL, plain).total();
        assertThat(MemoryEstimate.of(SMALL, plain.withOutputs(Set.of(Output.RAYS)))
                        .total())
                .isGreaterThan(depth);
        assertThat(MemoryEstimate.of(SMALL, plain.withFeatureLayers(List.of(3, 5)))
                        .total())
                .isGreaterThan(depth);
        assertThat(MemoryEstimate.of(SMALL, plain.withNativeSize()).results())
                .isGreaterThan(MemoryEstimate.of(SMALL, plain).results());
        assertThat(MemoryEstimate.of(Preset.DA3NESTED_GIANT_LARGE.config(), plain)
                        .weights())
                .isGreaterThan(5_000_000_000L);
    }

    @Test
    void independentPhotosAreComputedOneByOneAndTheirResultsAreAllKept() {
        List<Image> photos = new ArrayList<>(RandomPhotos.of(3, 56, 42, 1));
        photos.add(RandomPhotos.of(1, 56, 56, 2).get(0));
        Request request = Request.of(photos).withResolution(56, ResizeMethod.UPPER_BOUND_RESIZE);
        MemoryEstimate all = MemoryEstimate.of(SMALL, request.independentViews());
        MemoryEstimate flat = MemoryEstimate.of(SMALL, request.ofView(0));
        MemoryEstimate square = MemoryEstimate.of(SMALL, request.ofView(3));
        assertThat(all.activations()).isEqualTo(square.activations()).isGreaterThan(flat.activations());
        assertThat(all.results()).isEqualTo(3 * flat.results() + square.results());
        assertThat(all.weights()).isEqualTo(flat.weights());
        assertThat(MemoryEstimate.of(SMALL, request.independentViews(), 5, 42, 56)
                        .activations())
                .isEqualTo(flat.activations());
        MemoryBudget budget = new MemoryBudget(SMALL, all.total() - square.results());
        assertThatThrownBy(() -> budget.require(request.independentViews()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("predicting 4 independent photos takes about")
                .hasMessageEndingWith("legal: the first 3 of these photos");
    }

    @Test
    void photosAtTheirOwnSizeCountOnceAView() {
        long one = nativeResults(TWENTY, 1);
        assertThat(nativeResults(TWENTY, 20)).isEqualTo(20 * one);
        assertThat(one).isEqualTo(nativeResults(TWENTY.ofView(0), 1));
    }

    private static long nativeResults(Request request, int views) {
        return MemoryEstimate.of(SMALL, request.withNativeSize(), views, 42, 56).results();
    }

    @Test
    void meminfoIsReadAsLinuxWritesIt() {
        assertThat(AvailableMemory.parse(List.of("MemTotal:       24109812 kB", "MemAvailable:    1048576 kB")))
                .hasValue(1L << 30);
        assertThat(AvailableMemory.parse(List.of("MemTotal:       24109812 kB")))
                .isEmpty();
    }

    @Test
    void aContainersLimitCountsWithoutWhatItsFilesTake() {
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

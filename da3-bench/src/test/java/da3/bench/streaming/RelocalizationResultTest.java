package da3.bench.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import da3.streaming.StreamingListener;
import da3.streaming.StreamingMap;
import da3.streaming.StreamingOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Photos near a route through a building, and photos of a building with other furniture. */
class RelocalizationResultTest {

    private static final int PHOTOS = 6;

    @TempDir
    private Path folder;

    @Test
    void photosNearTheRouteArePlacedAndOthersAreNot() throws IOException {
        CorridorBuilding building = new CorridorBuilding();
        RouteViews views = RouteViews.render(building, Route.THERE_AND_BACK, 0.4, 42, 28);
        PhotoSet set = PhotoSet.render(building, views, PHOTOS, 1);
        Appearance appearance = set.appearance(Appearance.draw(building, views.poses(), 0, 48, 1));
        BuildingOracle oracle = new BuildingOracle(set.all(), appearance, BuildingOracle.Errors.usual(), 1);
        StreamingOptions options = StreamingOptions.defaults().withWindow(16, 4);
        try (StreamingMap map = StreamingMap.open(folder, oracle, options)) {
            map.run(views, StreamingListener.SILENT);
            RelocalizationResult result = RelocalizationResult.of(map, set);
            assertThat(result.nearFrame())
                    .hasSizeGreaterThanOrEqualTo(PHOTOS - 1)
                    .allMatch(e -> e.within(0.05, 2));
            assertThat(result.errors()).allMatch(error -> error.within(0.15, 2));
            assertThat(result.foreignPlaced()).isZero();
        }
    }
}

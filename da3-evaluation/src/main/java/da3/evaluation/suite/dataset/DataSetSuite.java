package da3.evaluation.suite.dataset;

import da3.evaluation.EvaluationScene;
import da3.evaluation.Suite;
import da3.geometry.View;
import da3.geometry.check.Check;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The scenes of a published data set. Frames are sampled before any image is loaded, and images are shrunk as they are
 * loaded. Views that still differ in size are shrunk to the longest side of the smallest and then cropped around their
 * centers to the smallest width and height; the reference resizes and crops in this order too.
 */
public final class DataSetSuite implements Suite {

    private final String id;
    private final DataSet dataSet;
    private final DataSetOptions options;

    DataSetSuite(String id, DataSet dataSet, DataSetOptions options) {
        this.id = Objects.requireNonNull(id);
        this.dataSet = Objects.requireNonNull(dataSet);
        this.options = Objects.requireNonNull(options);
    }

    @Override
    public String description() {
        return id + ": " + dataSet.description() + ", " + scenes().size() + " scenes, " + options.description();
    }

    @Override
    public List<String> scenes() {
        return dataSet.scenes();
    }

    @Override
    public EvaluationScene load(String scene) throws IOException {
        if (!scenes().contains(scene)) {
            throw Check.invalid("scene", "one of the " + scenes().size() + " scenes of " + id, scene);
        }
        SceneFiles files = dataSet.open(scene);
        List<View> views = new ArrayList<>();
        for (SceneFiles.Frame frame : options.sampling().sample(files.frames())) {
            views.add(ViewResize.atMost(frame.load(), options.longestSide()));
        }
        int side = views.stream().mapToInt(ViewResize::longestSide).min().orElse(0);
        views.replaceAll(view -> ViewResize.atMost(view, side));
        int width = views.stream().mapToInt(view -> view.image().width()).min().orElse(0);
        int height =
                views.stream().mapToInt(view -> view.image().height()).min().orElse(0);
        views.replaceAll(view -> ViewResize.cropped(view, width, height));
        Map<String, String> groups = new LinkedHashMap<>();
        groups.put("data set", id);
        return new EvaluationScene(scene, groups, views, files.surface(), dataSet.isMetric());
    }
}

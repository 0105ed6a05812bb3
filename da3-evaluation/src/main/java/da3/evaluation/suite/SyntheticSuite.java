package da3.evaluation.suite;

import da3.evaluation.EvaluationScene;
import da3.evaluation.Suite;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.synthetic.RandomScene;
import da3.synthetic.SceneFamily;
import da3.synthetic.SceneGenerator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Synthetic scenes from seeds, with exact depth in meters, exact cameras and exact surfaces. Families, numbers of views and sizes
 * alternate; about one scene in five has cameras that only rotate.
 *
 * <p>Seeds begin at {@value #FIRST_SEED}, above those used for training and validation, and training never uses the
 * families that {@link SceneFamily#isHeldOut} names.
 */
public final class SyntheticSuite implements Suite {

    /** Seed of the first scene. */
    public static final long FIRST_SEED = 3_000_001;

    private final List<Integer> views;
    private final List<Size> sizes;
    private final List<SceneFamily> families;
    private final List<String> ids;

    /**
     * The size of images.
     *
     * @param rows height in pixels
     * @param columns width in pixels
     */
    public record Size(int rows, int columns) {
        @Override
        public String toString() {
            return rows + "x" + columns;
        }
    }

    /** Creates a suite of all families, see {@link #SyntheticSuite(int, int, int, List, List)}. */
    public SyntheticSuite(int scenes, int minViews, int maxViews, List<Size> sizes) {
        this(scenes, minViews, maxViews, sizes, List.of(SceneFamily.values()));
    }

    /**
     * Creates a suite whose scenes take families, numbers of views and sizes in turn.
     *
     * @param scenes number of scenes, at least 1
     * @param minViews minimum number of views, at least 1
     * @param maxViews maximum number of views, at most {@link SceneGenerator#MAX_VIEWS}
     * @param sizes sizes of images, at least one
     * @param families families of scenes, at least one
     */
    public SyntheticSuite(int scenes, int minViews, int maxViews, List<Size> sizes, List<SceneFamily> families) {
        if (scenes < 1 || sizes.isEmpty() || families.isEmpty()) {
            throw Check.invalid(
                    "scenes, sizes and families",
                    "at least one of each",
                    scenes + " scenes, " + sizes.size() + " sizes and " + families.size() + " families");
        }
        if (minViews < 1 || maxViews < minViews || maxViews > SceneGenerator.MAX_VIEWS) {
            throw Check.invalid(
                    "minimum and maximum number of views",
                    "from 1 to " + SceneGenerator.MAX_VIEWS + " and in ascending order",
                    minViews + " and " + maxViews);
        }
        this.views = IntStream.rangeClosed(minViews, maxViews).boxed().toList();
        this.sizes = List.copyOf(sizes);
        this.families = List.copyOf(families);
        this.ids = IntStream.range(0, scenes).mapToObj(this::id).toList();
    }

    @Override
    public String description() {
        return "synthetic: " + ids.size() + " scenes from seed " + FIRST_SEED + ", " + views.get(0) + " to "
                + views.get(views.size() - 1) + " views, sizes " + sizes + ", families "
                + families.stream().map(SceneFamily::id).collect(Collectors.joining(", "));
    }

    @Override
    public List<String> scenes() {
        return ids;
    }

    @Override
    public EvaluationScene load(String scene) {
        int index = ids.indexOf(scene);
        if (index < 0) {
            throw Check.invalid("scene", "one of " + ids.get(0) + " to " + ids.get(ids.size() - 1), scene);
        }
        RandomScene random = new SceneGenerator()
                .generate(FIRST_SEED + index, family(index), Math.max(SceneGenerator.VIEWS, views(index)));
        Size size = size(index);
        List<View> rendered = new ArrayList<>();
        for (int view = 0; view < views(index); view++) {
            rendered.add(random.render(view, size.rows(), size.columns()));
        }
        Map<String, String> groups = new LinkedHashMap<>();
        groups.put("family", family(index).id());
        groups.put("views", Integer.toString(views(index)));
        groups.put("motion", motion(rendered));
        groups.put("size", size.toString());
        return new EvaluationScene(scene, groups, rendered, Optional.of(SyntheticSurface.of(random, rendered)));
    }

    private String id(int index) {
        return family(index).id() + "-" + (FIRST_SEED + index) + "-" + views(index) + "v-" + size(index);
    }

    private SceneFamily family(int index) {
        return families.get(index % families.size());
    }

    private int views(int index) {
        return views.get(index / families.size() % views.size());
    }

    private Size size(int index) {
        return sizes.get(index / (families.size() * views.size()) % sizes.size());
    }

    private static String motion(List<View> rendered) {
        if (rendered.size() == 1) {
            return "none";
        }
        boolean moved = rendered.stream()
                .map(view -> view.camera().orElseThrow().pose().cameraCenter())
                .anyMatch(center -> center.minus(rendered.get(0)
                                        .camera()
                                        .orElseThrow()
                                        .pose()
                                        .cameraCenter())
                                .norm()
                        > 1e-9);
        return moved ? "translation" : "rotation";
    }
}

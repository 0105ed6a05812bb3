package da3.evaluation.suite;

import da3.evaluation.EvaluationScene;
import da3.evaluation.Suite;
import da3.geometry.View;
import da3.synthetic.RandomScene;
import da3.synthetic.SceneFamily;
import da3.synthetic.SceneGenerator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Scenes made from seeds, with exact depth in meters and exact cameras. Families, numbers of views and sizes take turns;
 * about one scene in five has cameras that only turn.
 *
 * <p>Seeds begin at {@value #FIRST_SEED}, above those that training and validation use, and one of the families, {@link
 * SceneFamily#CORRIDOR}, is kept from training altogether.
 */
public final class SyntheticSuite implements Suite {

    /** Seed of the first scene. */
    public static final long FIRST_SEED = 3_000_001;

    private static final List<SceneFamily> FAMILIES = List.of(SceneFamily.values());

    private final List<Integer> views;
    private final List<Size> sizes;
    private final List<String> ids;

    /**
     * Size of photos.
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

    /**
     * Chooses scenes.
     *
     * @param scenes how many, at least 1
     * @param leastViews at least 1
     * @param mostViews at most {@link SceneGenerator#VIEWS}
     * @param sizes at least one
     */
    public SyntheticSuite(int scenes, int leastViews, int mostViews, List<Size> sizes) {
        if (scenes < 1 || sizes.isEmpty()) {
            throw new IllegalArgumentException("scenes and sizes must be at least one of each, got " + scenes
                    + " scenes and " + sizes.size() + " sizes");
        }
        if (leastViews < 1 || mostViews < leastViews || mostViews > SceneGenerator.VIEWS) {
            throw new IllegalArgumentException("views must be 1 to " + SceneGenerator.VIEWS
                    + ", the lower number first, got " + leastViews + " to " + mostViews);
        }
        this.views = IntStream.rangeClosed(leastViews, mostViews).boxed().toList();
        this.sizes = List.copyOf(sizes);
        this.ids = IntStream.range(0, scenes).mapToObj(this::id).toList();
    }

    @Override
    public String description() {
        return "synthetic: " + ids.size() + " scenes from seed " + FIRST_SEED + ", " + views.get(0) + " to "
                + views.get(views.size() - 1) + " views, sizes " + sizes;
    }

    @Override
    public List<String> scenes() {
        return ids;
    }

    @Override
    public EvaluationScene load(String scene) {
        int index = ids.indexOf(scene);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "scene must be one of " + ids.get(0) + " to " + ids.get(ids.size() - 1) + ", got " + scene);
        }
        RandomScene place = new SceneGenerator().generate(FIRST_SEED + index, family(index));
        Size size = size(index);
        List<View> photos = new ArrayList<>();
        for (int view = 0; view < views(index); view++) {
            photos.add(place.render(view, size.rows(), size.columns()));
        }
        Map<String, String> groups = new LinkedHashMap<>();
        groups.put("family", name(index));
        groups.put("views", Integer.toString(views(index)));
        groups.put("motion", motion(photos));
        groups.put("size", size.toString());
        return new EvaluationScene(scene, groups, photos);
    }

    private String id(int index) {
        return name(index) + "-" + (FIRST_SEED + index) + "-" + views(index) + "v-" + size(index);
    }

    private static String name(int index) {
        return family(index).name().toLowerCase(Locale.ROOT);
    }

    private static SceneFamily family(int index) {
        return FAMILIES.get(index % FAMILIES.size());
    }

    private int views(int index) {
        return views.get(index / FAMILIES.size() % views.size());
    }

    private Size size(int index) {
        return sizes.get(index / (FAMILIES.size() * views.size()) % sizes.size());
    }

    private static String motion(List<View> photos) {
        if (photos.size() == 1) {
            return "none";
        }
        boolean moved = photos.stream()
                .map(photo -> photo.camera().orElseThrow().pose().cameraCenter())
                .anyMatch(center ->
                        center.minus(photos.get(0).camera().orElseThrow().pose().cameraCenter())
                                        .norm()
                                > 1e-9);
        return moved ? "translation" : "rotation";
    }
}

package da3.demo;

import da3.geometry.Camera;
import da3.geometry.Scene;
import da3.synthetic.Arc;
import da3.synthetic.CameraRig;
import da3.synthetic.SampleScenes;
import da3.synthetic.SyntheticRenderer;
import da3.synthetic.SyntheticScene;
import java.util.List;
import java.util.Locale;

/** The places that the demo photographs. */
public enum DemoScenes {
    INDOOR("A room", "Sunlight through a window, a lamp, and things two to six meters away.") {
        @Override
        SyntheticScene scene(long seed) {
            return SampleScenes.indoor(seed);
        }

        @Override
        Arc arc() {
            return SampleScenes.indoorArc();
        }
    },
    OUTDOOR("A street", "Houses and trees before hills more than a hundred meters away, and a sky that has no depth.") {
        @Override
        SyntheticScene scene(long seed) {
            return SampleScenes.outdoor(seed);
        }

        @Override
        Arc arc() {
            return SampleScenes.outdoorArc();
        }
    };

    /** Horizontal, radians: a wide-angle phone camera's. */
    private static final double FIELD_OF_VIEW = 1.15;

    private final String title;
    private final String sentence;

    DemoScenes(String title, String sentence) {
        this.title = title;
        this.sentence = sentence;
    }

    abstract SyntheticScene scene(long seed);

    abstract Arc arc();

    /** Name of its folder. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Where it is below the results: they are a gallery, and places a group of it. */
    public String folder() {
        return "places/" + id();
    }

    String title() {
        return title;
    }

    String sentence() {
        return sentence;
    }

    /** Photos with true depth in meters and true cameras. */
    public Scene photographed(int views, int width, int height, long seed) {
        List<Camera> cameras = arc().withCount(views).cameras(CameraRig.lens(width, height, FIELD_OF_VIEW));
        return SyntheticRenderer.render(scene(seed), cameras, width, height);
    }
}

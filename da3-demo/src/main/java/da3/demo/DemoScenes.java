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

/** The synthetic scenes of the demo. */
public enum DemoScenes {
    INDOOR("A room", "Sunlight through a window, a lamp, and furniture two to six meters away.") {
        @Override
        SyntheticScene scene(long seed) {
            return SampleScenes.indoor(seed);
        }

        @Override
        Arc arc() {
            return SampleScenes.indoorArc();
        }
    },
    OUTDOOR("A street", "Houses and trees, hills more than a hundred meters away, and a sky without depth.") {
        @Override
        SyntheticScene scene(long seed) {
            return SampleScenes.outdoor(seed);
        }

        @Override
        Arc arc() {
            return SampleScenes.outdoorArc();
        }
    };

    /** Horizontal field of view in radians, that of a wide-angle phone camera. */
    private static final double FIELD_OF_VIEW = 1.15;

    private final String title;
    private final String sentence;

    DemoScenes(String title, String sentence) {
        this.title = title;
        this.sentence = sentence;
    }

    abstract SyntheticScene scene(long seed);

    abstract Arc arc();

    /** Returns the name of the scene, for options and folders. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the folder of the scene below the results, which are a gallery with one group. */
    public String folder() {
        return "scenes/" + id();
    }

    String title() {
        return title;
    }

    String sentence() {
        return sentence;
    }

    /** Renders images with depth in meters and cameras. */
    public Scene render(int views, int width, int height, long seed) {
        List<Camera> cameras = arc().withCount(views).cameras(CameraRig.lens(width, height, FIELD_OF_VIEW));
        return SyntheticRenderer.render(scene(seed), cameras, width, height);
    }
}

package da3.synthetic;

import da3.geometry.math.Vec3;
import java.util.List;
import java.util.Optional;

/** Predefined synthetic scenes. The same seed gives the same scene. */
public final class SampleScenes {

    private SampleScenes() {}

    /**
     * Returns a living room of 5.6 x 4.8 x 2.7 m with the floor at y = 0 and its center at the origin. From
     * {@link #indoorArc}, depths are 1.5 to 6 m, and little sky is visible.
     */
    public static SyntheticScene indoor(long seed) {
        return new IndoorScene(seed).scene();
    }

    /** Returns cameras for {@link #indoor}, from left to right, all looking at the table. */
    public static Arc indoorArc() {
        return new Arc(new Vec3(-0.1, 0.85, -0.7), 2.9, 0.75, -0.32, 0.52, 3, 0, 0);
    }

    /**
     * Returns a street with houses, trees and hills, with the ground at y = 0. From {@link #outdoorArc}, depths are 5
     * to 150 m, and a third of the image is sky.
     */
    public static SyntheticScene outdoor(long seed) {
        return new OutdoorScene(seed).scene();
    }

    /** Returns cameras for {@link #outdoor}, from left to right, all looking at the houses. */
    public static Arc outdoorArc() {
        return new Arc(new Vec3(0, 1.9, -6), 13.5, 1.6, -0.32, 0.34, 3, 0, 0);
    }

    /**
     * Returns poles, wires and a fence on flat ground, which are about as thin as a pixel. From
     * {@link #thinObjectsArc}, depths are 3 to 40 m.
     */
    public static SyntheticScene thinObjects(long seed) {
        return new ThinStructureScene(seed).scene();
    }

    /** Returns cameras for {@link #thinObjects}. */
    public static Arc thinObjectsArc() {
        return new Arc(new Vec3(0, 1.3, -3), 7, 0.4, -0.3, 0.3, 3, 0, 0);
    }

    /** Returns a sphere of radius 1 m around the origin. */
    public static SyntheticScene sphere() {
        Texture checker = new Texture.Checker(Color.srgb(0xe8e4da), Color.srgb(0xb4532a), 0.25);
        return new SyntheticScene(List.of(new Sphere(Vec3.ZERO, 1, checker)), Lighting.daylight(), Optional.empty());
    }
}

package da3.synthetic;

import da3.geometry.math.Vec3;
import java.util.List;
import java.util.Optional;

/** Ready-made places. The same seed gives the same place. */
public final class SampleScenes {

    private SampleScenes() {}

    /** A living room, 5.6 by 4.8 by 2.7 m, its floor at y = 0 and its middle at the origin; from its arc depths are
     * 1.5 to 6 m, and a little sky. */
    public static SyntheticScene indoor(long seed) {
        return new IndoorScene(seed).scene();
    }

    /** Cameras in {@link #indoor}, from left to right, all looking at the table. */
    public static Arc indoorArc() {
        return new Arc(new Vec3(-0.1, 0.85, -0.7), 2.9, 0.75, -0.32, 0.52, 3, 0, 0);
    }

    /** A street with houses and trees before hills, the ground at y = 0; from its arc depths are
     * 5 to 150 m, and a third is sky. */
    public static SyntheticScene outdoor(long seed) {
        return new OutdoorScene(seed).scene();
    }

    /** Cameras in {@link #outdoor}, from left to right, all looking at the houses. */
    public static Arc outdoorArc() {
        return new Arc(new Vec3(0, 1.9, -6), 13.5, 1.6, -0.32, 0.34, 3, 0, 0);
    }

    /** Poles, wires and a fence on level ground: what is thinner than a pixel or nearly; from its arc 3 to 40 m away. */
    public static SyntheticScene thinObjects(long seed) {
        return new ThinStructureScene(seed).scene();
    }

    /** Cameras in {@link #thinObjects}. */
    public static Arc thinObjectsArc() {
        return new Arc(new Vec3(0, 1.3, -3), 7, 0.4, -0.3, 0.3, 3, 0, 0);
    }

    /** A sphere of radius 1 m around the origin, and nothing else. */
    public static SyntheticScene sphere() {
        Texture checker = new Texture.Checker(Color.srgb(0xe8e4da), Color.srgb(0xb4532a), 0.25);
        return new SyntheticScene(List.of(new Sphere(Vec3.ZERO, 1, checker)), Lighting.daylight(), Optional.empty());
    }
}

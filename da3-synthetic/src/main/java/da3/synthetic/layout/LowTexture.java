package da3.synthetic.layout;

import da3.synthetic.solid.Solid;
import java.util.List;

/** Random rooms and corridors whose surfaces are almost uniform, so that only shapes and light tell views apart. */
public final class LowTexture {

    /** Contrast of patterns, as a share of the usual one. */
    private static final double CONTRAST = 0.06;

    private LowTexture() {}

    /** Draws a layout. */
    public static Layout draw(RandomDraws draw) {
        Layout layout = draw.chance(0.5) ? Room.draw(draw) : Corridor.draw(draw);
        List<Solid> solids = layout.solids().stream()
                .map(solid -> solid.withPatterns(solid.patterns().stream()
                        .map(pattern -> pattern.withContrast(CONTRAST))
                        .toList()))
                .toList();
        return new Layout(solids, layout.light(), layout.eye(), layout.target());
    }
}

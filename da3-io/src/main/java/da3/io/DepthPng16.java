package da3.io;

import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferUShort;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Depth as PNG files of 16 bits of gray. A pixel is a count: depth is the count times the factor that the file's text
 * {@code depth_per_count} states, in the unit that {@code depth_unit} states; 0 is no depth. Counts are millimeters for
 * scenes in meters, and otherwise such that each view's largest depth is 65535.
 */
public final class DepthPng16 {

    private static final int MOST = 65535;
    private static final double METERS_PER_COUNT = 0.001;

    private DepthPng16() {}

    /**
     * Depth as counts.
     *
     * @param width in pixels
     * @param counts (height, width), 0 where depth is not a number, not finite or not above 0
     * @param depthPerCount exact, so that depth is known to half of it
     * @param clipped how many pixels are farther than the largest count says
     */
    public record Counts(int width, short[] counts, double depthPerCount, int clipped) {

        /** In millimeters, up to 65.535 m. */
        public static Counts ofMeters(ScalarMap depth) {
            return of(depth, METERS_PER_COUNT);
        }

        /** From 0 to the largest depth. */
        public static Counts upToLargest(ScalarMap depth) {
            float largest = 0;
            for (float value : depth.values()) {
                largest = isDepth(value) ? Math.max(largest, value) : largest;
            }
            return of(depth, largest > 0 ? (double) largest / MOST : 1);
        }

        private static Counts of(ScalarMap depth, double depthPerCount) {
            float[] values = depth.values();
            short[] counts = new short[values.length];
            int clipped = 0;
            for (int i = 0; i < values.length; i++) {
                if (isDepth(values[i])) {
                    double count = Math.rint(values[i] / depthPerCount);
                    clipped += count > MOST ? 1 : 0;
                    // The nearest is not rounded away: 0 is no depth.
                    counts[i] = (short) (int) Math.max(1, Math.min(MOST, count));
                }
            }
            return new Counts(depth.width(), counts, depthPerCount, clipped);
        }

        private static boolean isDepth(float value) {
            return value > 0 && value < Float.POSITIVE_INFINITY;
        }
    }

    /**
     * Writes {@code depth_png16/0000.png} and so on, and gives their paths in the views' order. In a scene in meters the
     * text {@code clipped_pixels} says how many pixels are beyond 65.535 m.
     */
    public static List<Path> write(Scene scene, Path exportDirectory) throws IOException {
        ExportDirectory directory = ExportDirectory.open(exportDirectory);
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < scene.views().size(); i++) {
            ScalarMap depth = scene.view(i).depth();
            Counts counts = scene.metric() ? Counts.ofMeters(depth) : Counts.upToLargest(depth);
            String name = String.format(Locale.ROOT, "depth_png16/%04d.png", i);
            files.add(directory.write(name, out -> writePng(counts, scene.metric() ? "metre" : "model", out)));
        }
        return files;
    }

    private static void writePng(Counts counts, String unit, OutputStream out) throws IOException {
        BufferedImage picture =
                new BufferedImage(counts.width, counts.counts.length / counts.width, BufferedImage.TYPE_USHORT_GRAY);
        short[] pixels = ((DataBufferUShort) picture.getRaster().getDataBuffer()).getData();
        System.arraycopy(counts.counts, 0, pixels, 0, pixels.length);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            IIOMetadata metadata =
                    writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(picture), null);
            IIOMetadataNode texts = new IIOMetadataNode("tEXt");
            texts.appendChild(text("depth_per_count", Double.toString(counts.depthPerCount)));
            texts.appendChild(text("depth_unit", unit));
            texts.appendChild(text("clipped_pixels", Integer.toString(counts.clipped)));
            IIOMetadataNode root = new IIOMetadataNode(metadata.getNativeMetadataFormatName());
            root.appendChild(texts);
            metadata.mergeTree(metadata.getNativeMetadataFormatName(), root);
            writer.setOutput(stream);
            writer.write(new IIOImage(picture, null, metadata));
        } finally {
            writer.dispose();
        }
    }

    private static IIOMetadataNode text(String keyword, String value) {
        IIOMetadataNode entry = new IIOMetadataNode("tEXtEntry");
        entry.setAttribute("keyword", keyword);
        entry.setAttribute("value", value);
        return entry;
    }
}

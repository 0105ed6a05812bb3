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
 * Writes depth maps as 16-bit gray PNG files. Depth is the pixel's count times the text entry {@code depth_per_count},
 * in the unit of the text entry {@code depth_unit}; count 0 means no depth. Metric scenes are counted in millimeters;
 * in other scenes the largest depth of each view has count 65535.
 */
public final class DepthPng16 {

    private static final int MAX_COUNT = 65535;
    private static final double METERS_PER_COUNT = 0.001;

    private DepthPng16() {}

    /**
     * A depth map as 16-bit counts.
     *
     * @param width in pixels
     * @param counts unsigned, (height, width), 0 where depth is not finite or not positive
     * @param depthPerCount depth of one count; rounding is off by at most half of it
     * @param clipped number of pixels beyond the depth of the largest count
     */
    public record Counts(int width, short[] counts, double depthPerCount, int clipped) {

        /** Counts millimeters, up to 65.535 m. */
        public static Counts ofMeters(ScalarMap depth) {
            return of(depth, METERS_PER_COUNT);
        }

        /** Counts such that the largest depth of the map has the largest count. */
        public static Counts upToLargest(ScalarMap depth) {
            float largest = 0;
            for (float value : depth.values()) {
                largest = isDepth(value) ? Math.max(largest, value) : largest;
            }
            return of(depth, largest > 0 ? (double) largest / MAX_COUNT : 1);
        }

        private static Counts of(ScalarMap depth, double depthPerCount) {
            float[] values = depth.values();
            short[] counts = new short[values.length];
            int clipped = 0;
            for (int i = 0; i < values.length; i++) {
                if (isDepth(values[i])) {
                    double count = Math.rint(values[i] / depthPerCount);
                    clipped += count > MAX_COUNT ? 1 : 0;
                    // Count 0 means no depth, so small depths are rounded up to 1.
                    counts[i] = (short) (int) Math.max(1, Math.min(MAX_COUNT, count));
                }
            }
            return new Counts(depth.width(), counts, depthPerCount, clipped);
        }

        private static boolean isDepth(float value) {
            return value > 0 && value < Float.POSITIVE_INFINITY;
        }
    }

    /**
     * Writes {@code depth_png16/0000.png}, {@code 0001.png}, ... and returns their paths in the order of the views. The
     * text entry {@code clipped_pixels} states the number of pixels of a metric scene beyond 65.535 m.
     */
    public static List<Path> write(Scene scene, Path exportDirectory) throws IOException {
        ExportDirectory directory = ExportDirectory.open(exportDirectory);
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < scene.views().size(); i++) {
            ScalarMap depth = scene.view(i).depth();
            Counts counts = scene.metric() ? Counts.ofMeters(depth) : Counts.upToLargest(depth);
            String name = String.format(Locale.ROOT, "depth_png16/%04d.png", i);
            files.add(directory.write(name, out -> writePng(counts, scene.metric() ? "meter" : "model", out)));
        }
        return files;
    }

    private static void writePng(Counts counts, String unit, OutputStream out) throws IOException {
        BufferedImage image =
                new BufferedImage(counts.width, counts.counts.length / counts.width, BufferedImage.TYPE_USHORT_GRAY);
        short[] pixels = ((DataBufferUShort) image.getRaster().getDataBuffer()).getData();
        System.arraycopy(counts.counts, 0, pixels, 0, pixels.length);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            IIOMetadata metadata =
                    writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
            IIOMetadataNode texts = new IIOMetadataNode("tEXt");
            texts.appendChild(text("depth_per_count", Double.toString(counts.depthPerCount)));
            texts.appendChild(text("depth_unit", unit));
            texts.appendChild(text("clipped_pixels", Integer.toString(counts.clipped)));
            IIOMetadataNode root = new IIOMetadataNode(metadata.getNativeMetadataFormatName());
            root.appendChild(texts);
            metadata.mergeTree(metadata.getNativeMetadataFormatName(), root);
            writer.setOutput(stream);
            writer.write(new IIOImage(image, null, metadata));
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

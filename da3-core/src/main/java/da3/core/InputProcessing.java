package da3.core;

import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.check.Check;
import da3.geometry.image.ImageResize;
import da3.geometry.image.PixelTransform;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Resizes and normalizes images for the network.
 *
 * <p>Source: reference file utils/io/input_processor.py.
 */
public final class InputProcessing {

    /** Side of a patch in pixels. */
    public static final int PATCH = 14;

    /** Mean of ImageNet: red, green, blue, each from 0 to 1. */
    private static final double[] MEAN = {0.485, 0.456, 0.406};

    private static final double[] STANDARD_DEVIATION = {0.229, 0.224, 0.225};

    private static final long MAX_PIXELS = Integer.MAX_VALUE / 3;

    private InputProcessing() {}

    /** Returns the mean that normalization subtracts from a channel: 0 is red, 1 green, 2 blue. */
    public static double mean(int channel) {
        return MEAN[channel];
    }

    /** Returns the standard deviation that normalization divides a channel by: 0 is red, 1 green, 2 blue. */
    public static double standardDeviation(int channel) {
        return STANDARD_DEVIATION[channel];
    }

    /**
     * Resizes all images by the same method. Images that then differ in size are cropped at their center to the smallest
     * height and the smallest width. Intrinsics are changed accordingly.
     *
     * @param intrinsics intrinsics in pixels, one per image; null or empty for none
     * @param resolution length in pixels of the side that the method bounds, at least 14
     * @throws IllegalArgumentException if there is no image, the counts differ, the resolution is too small, or an image is
     *     so elongated that a side becomes 0 or the image too large
     */
    public static ProcessedInput process(
            List<Image> images, List<Intrinsics> intrinsics, int resolution, ResizeMethod method) {
        boolean calibrated = intrinsics != null && !intrinsics.isEmpty();
        if (calibrated && intrinsics.size() != images.size()) {
            throw Check.invalid("number of intrinsics", "0 or " + images.size() + ", one per image", intrinsics.size());
        }
        // Plans come first: a parallel stream would wrap their exceptions.
        List<Plan> plans = plans(images.stream().map(Size::of).toList(), resolution, method);
        List<Processed> processed = IntStream.range(0, images.size())
                .parallel()
                .mapToObj(i -> new Processed(images.get(i), PixelTransform.IDENTITY).processed(plans.get(i), method))
                .toList();
        Size size = commonSize(plans);
        List<Processed> cropped =
                processed.stream().map(p -> p.center(size.width, size.height)).toList();
        List<PixelTransform> transforms =
                cropped.stream().map(Processed::transform).toList();
        return new ProcessedInput(
                cropped.stream().map(Processed::image).toList(),
                calibrated
                        ? IntStream.range(0, images.size())
                                .mapToObj(i -> transforms.get(i).apply(intrinsics.get(i)))
                                .toList()
                        : List.of(),
                transforms);
    }

    /** The size of an image in pixels. */
    public record Size(int width, int height) {

        /** Returns the size of an image. */
        public static Size of(Image image) {
            return new Size(image.width(), image.height());
        }
    }

    /** Returns the size that {@link #process} resizes images of these sizes to. */
    public static Size processedSize(List<Size> images, int resolution, ResizeMethod method) {
        return commonSize(plans(images, resolution, method));
    }

    /** Returns the sizes that {@link #process} resizes the images to if it processes each alone. */
    static List<Size> processedSizes(List<Size> images, int resolution, ResizeMethod method) {
        return plans(images, resolution, method).stream()
                .map(plan -> new Size(plan.width(), plan.height()))
                .toList();
    }

    /** Returns whether {@link #process} crops images of different shapes to their common size. */
    static boolean cropsToCommonSize(List<Size> images, int resolution, ResizeMethod method) {
        return processedSizes(images, resolution, method).stream().distinct().count() > 1;
    }

    private static Size commonSize(List<Plan> plans) {
        return new Size(
                plans.stream().mapToInt(Plan::width).min().orElseThrow(),
                plans.stream().mapToInt(Plan::height).min().orElseThrow());
    }

    private static List<Plan> plans(List<Size> images, int resolution, ResizeMethod method) {
        Check.atLeast("number of images", 1, images.size());
        Check.atLeast("resolution", PATCH, resolution);
        return IntStream.range(0, images.size())
                .mapToObj(i -> plan(i, images.get(i), resolution, method))
                .toList();
    }

    /**
     * Subtracts the mean of ImageNet and divides by its standard deviation.
     *
     * @param images images of equal size
     * @return normalized values, (views, 3, height, width)
     * @throws IllegalArgumentException if the sizes differ
     */
    public static float[] normalize(List<Image> images) {
        int pixels = images.get(0).width() * images.get(0).height();
        float[] values = new float[Math.multiplyExact(images.size(), Math.multiplyExact(3, pixels))];
        // one division per value of a byte instead of one per pixel
        float[][] table = new float[3][256];
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < 256; i++) {
                table[c][i] = (i / 255f - (float) MEAN[c]) / (float) STANDARD_DEVIATION[c];
            }
        }
        for (Image image : images) {
            if (image.width() != images.get(0).width()
                    || image.height() != images.get(0).height()) {
                throw Check.invalid("size of every image", "that of image 0, " + images.get(0), image);
            }
        }
        IntStream.range(0, images.size()).parallel().forEach(view -> {
            byte[] rgb = images.get(view).rgb();
            for (int c = 0; c < 3; c++) {
                int plane = (view * 3 + c) * pixels;
                for (int i = 0; i < pixels; i++) {
                    values[plane + i] = table[c][rgb[3 * i + c] & 0xff];
                }
            }
        });
        return values;
    }

    /**
     * Returns the processed image as the reference reports it. Values are truncated, not rounded, and therefore may be 1
     * below the bytes that were normalized.
     *
     * @param normalized normalized values, (3, height, width)
     * @return bytes, (height, width, 3)
     * @throws IllegalArgumentException if the number of values is not a multiple of 3
     */
    public static byte[] denormalize(float[] normalized) {
        if (normalized.length % 3 != 0) {
            throw Check.invalid("number of values of a normalized image", "a multiple of 3", normalized.length);
        }
        int pixels = normalized.length / 3;
        byte[] rgb = new byte[normalized.length];
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < pixels; i++) {
                double value = normalized[c * pixels + i] * STANDARD_DEVIATION[c] + MEAN[c];
                rgb[3 * i + c] = (byte) (Math.max(0, Math.min(1, value)) * 255);
            }
        }
        return rgb;
    }

    /** A partly processed image and the transform from pixels of the original image to its pixels. */
    private record Processed(Image image, PixelTransform transform) {

        Processed processed(Plan plan, ResizeMethod method) {
            Processed proportional = resized(plan.resizedWidth, plan.resizedHeight);
            return method.crops()
                    ? proportional.center(plan.width, plan.height)
                    : proportional.resized(plan.width, plan.height);
        }

        /** Resizes by averaging areas, or by cubic interpolation if a side grows. */
        Processed resized(int width, int height) {
            if (width == image.width() && height == image.height()) {
                return this;
            }
            boolean grows = width > image.width() || height > image.height();
            Image resized = grows ? ImageResize.cubic(image, width, height) : ImageResize.area(image, width, height);
            double sx = (double) width / image.width();
            double sy = (double) height / image.height();
            return new Processed(resized, transform.resized(sx, sy));
        }

        Processed center(int width, int height) {
            if (width == image.width() && height == image.height()) {
                return this;
            }
            int left = (image.width() - width) / 2;
            int top = (image.height() - height) / 2;
            return new Processed(image.cropped(left, top, width, height), transform.cropped(left, top));
        }
    }

    /** The sizes of an image after proportional resizing and after rounding to multiples of the patch size. */
    private record Plan(int resizedWidth, int resizedHeight, int width, int height) {}

    private static Plan plan(int index, Size image, int resolution, ResizeMethod method) {
        int longer = Math.max(image.width(), image.height());
        int shorter = Math.min(image.width(), image.height());
        double scale = (double) resolution / (method.boundsLongerSide() ? longer : shorter);
        long resizedWidth = Math.max(1, (long) Math.rint(image.width() * scale));
        long resizedHeight = Math.max(1, (long) Math.rint(image.height() * scale));
        long width = multipleOfPatch(resizedWidth, method);
        long height = multipleOfPatch(resizedHeight, method);
        String result = "image " + index + " of " + image.width() + "x" + image.height() + " becomes " + resizedWidth
                + "x" + resizedHeight + " by " + method + " at resolution " + resolution;
        if (width == 0 || height == 0) {
            throw new IllegalArgumentException(result + ", but sides must be at least "
                    + (method.crops() ? PATCH : PATCH / 2) + ": raise the resolution or crop the image");
        }
        if (Math.max(resizedWidth, width) * Math.max(resizedHeight, height) > MAX_PIXELS) {
            throw new IllegalArgumentException(result + ", but must have at most " + MAX_PIXELS + " pixels");
        }
        return new Plan((int) resizedWidth, (int) resizedHeight, (int) width, (int) height);
    }

    /** Rounds down for methods that crop, otherwise to the nearest multiple, and up if two are equally near. */
    private static long multipleOfPatch(long side, ResizeMethod method) {
        long offset = method.crops() ? 0 : PATCH / 2;
        return (side + offset) / PATCH * PATCH;
    }
}

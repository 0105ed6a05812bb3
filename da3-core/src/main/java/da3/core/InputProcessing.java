package da3.core;

import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.check.Check;
import da3.geometry.image.ImageResize;
import da3.geometry.image.PixelTransform;
import java.util.List;
import java.util.stream.IntStream;

/** From photos to the network's input, after the reference's {@code utils/io/input_processor.py}. */
public final class InputProcessing {

    /** Side of a patch in pixels. */
    public static final int PATCH = 14;

    /** Of ImageNet, red, green, blue, on a scale of 0 to 1. */
    private static final double[] MEAN = {0.485, 0.456, 0.406};

    private static final double[] STANDARD_DEVIATION = {0.229, 0.224, 0.225};

    private static final long MAX_PIXELS = Integer.MAX_VALUE / 3;

    private InputProcessing() {}

    /**
     * Resizes all images by the same method; where they then differ in size, the middle of each is cut out, as large as
     * the least height and the least width among them. Intrinsics follow.
     *
     * @param intrinsics one an image, in its pixels; null or empty for none
     * @param resolution length in pixels of the side that the method bounds, from 14
     * @throws IllegalArgumentException if there is no image, the counts differ, the resolution is too small, or an
     *     image is so elongated that a side would vanish or the whole would be too large
     */
    public static ProcessedInput process(
            List<Image> images, List<Intrinsics> intrinsics, int resolution, ResizeMethod method) {
        boolean calibrated = intrinsics != null && !intrinsics.isEmpty();
        if (calibrated && intrinsics.size() != images.size()) {
            throw Check.invalid("number of intrinsics", "0 or " + images.size() + ", one per image", intrinsics.size());
        }
        // Planned beforehand: an exception out of a parallel stream would come wrapped in another.
        List<Plan> plans = plans(images.stream().map(Size::of).toList(), resolution, method);
        List<Processed> processed = IntStream.range(0, images.size())
                .parallel()
                .mapToObj(i -> new Processed(images.get(i), PixelTransform.IDENTITY).brought(plans.get(i), method))
                .toList();
        Size size = common(plans);
        List<Processed> alike =
                processed.stream().map(p -> p.center(size.width, size.height)).toList();
        List<PixelTransform> transforms =
                alike.stream().map(Processed::fromPhoto).toList();
        return new ProcessedInput(
                alike.stream().map(Processed::image).toList(),
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
        return common(plans(images, resolution, method));
    }

    /** Returns the sizes that {@link #process} resizes images to if each is processed alone. */
    static List<Size> processedSizes(List<Size> images, int resolution, ResizeMethod method) {
        return plans(images, resolution, method).stream()
                .map(plan -> new Size(plan.width(), plan.height()))
                .toList();
    }

    /** Returns whether {@link #process} crops images of different shapes to their common size. */
    static boolean cutsToCommonSize(List<Size> images, int resolution, ResizeMethod method) {
        return processedSizes(images, resolution, method).stream().distinct().count() > 1;
    }

    private static Size common(List<Plan> plans) {
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
     * Subtracts ImageNet's mean and divides by its standard deviation.
     *
     * @param images all of one size
     * @return (views, 3, height, width)
     */
    public static float[] normalize(List<Image> images) {
        int pixels = images.get(0).width() * images.get(0).height();
        float[] values = new float[Math.multiplyExact(images.size(), Math.multiplyExact(3, pixels))];
        // A byte has 256 values, so that the divisions are made once.
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
     * The bytes that the reference reports as its processed image. They are truncated, not rounded, and so may be 1
     * below those that were normalized.
     *
     * @param normalized (3, height, width), as from {@link #normalize}
     * @return (height, width, 3)
     */
    public static byte[] recovered(float[] normalized) {
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

    /** An image on its way, and how its pixels follow from the photo's. */
    private record Processed(Image image, PixelTransform fromPhoto) {

        Processed brought(Plan plan, ResizeMethod method) {
            Processed inProportion = resized(plan.resizedWidth, plan.resizedHeight);
            return method.crops()
                    ? inProportion.center(plan.width, plan.height)
                    : inProportion.resized(plan.width, plan.height);
        }

        /** Averages when shrinking; where either side grows, interpolates. */
        Processed resized(int width, int height) {
            if (width == image.width() && height == image.height()) {
                return this;
            }
            boolean grows = width > image.width() || height > image.height();
            Image resized = grows ? ImageResize.cubic(image, width, height) : ImageResize.area(image, width, height);
            double sx = (double) width / image.width();
            double sy = (double) height / image.height();
            return new Processed(resized, fromPhoto.resized(sx, sy));
        }

        Processed center(int width, int height) {
            if (width == image.width() && height == image.height()) {
                return this;
            }
            int left = (image.width() - width) / 2;
            int top = (image.height() - height) / 2;
            byte[] rgb = new byte[3 * width * height];
            for (int y = 0; y < height; y++) {
                int from = 3 * ((top + y) * image.width() + left);
                System.arraycopy(image.rgb(), from, rgb, 3 * y * width, 3 * width);
            }
            return new Processed(new Image(width, height, rgb), fromPhoto.cropped(left, top));
        }
    }

    /** Sizes that an image goes through: first resized in proportion, then to multiples of the patch. */
    private record Plan(int resizedWidth, int resizedHeight, int width, int height) {}

    private static Plan plan(int index, Size image, int resolution, ResizeMethod method) {
        int longer = Math.max(image.width(), image.height());
        int shorter = Math.min(image.width(), image.height());
        double scale = (double) resolution / (method.boundsLongerSide() ? longer : shorter);
        long resizedWidth = Math.max(1, (long) Math.rint(image.width() * scale));
        long resizedHeight = Math.max(1, (long) Math.rint(image.height() * scale));
        long width = multipleOfPatch(resizedWidth, method);
        long height = multipleOfPatch(resizedHeight, method);
        String becomes = "image " + index + " of " + image.width() + "x" + image.height() + " becomes " + resizedWidth
                + "x" + resizedHeight + " by " + method + " at resolution " + resolution;
        if (width == 0 || height == 0) {
            throw new IllegalArgumentException(becomes + ", but sides must be at least "
                    + (method.crops() ? PATCH : PATCH / 2) + ": raise the resolution or crop the image");
        }
        if (Math.max(resizedWidth, width) * Math.max(resizedHeight, height) > MAX_PIXELS) {
            throw new IllegalArgumentException(becomes + ", but must have at most " + MAX_PIXELS + " pixels");
        }
        return new Plan((int) resizedWidth, (int) resizedHeight, (int) width, (int) height);
    }

    /** Next below for the cropping methods, otherwise the nearest, and of two as near the larger. */
    private static long multipleOfPatch(long side, ResizeMethod method) {
        long reach = method.crops() ? 0 : PATCH / 2;
        return (side + reach) / PATCH * PATCH;
    }
}

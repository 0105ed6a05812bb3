package da3.verify;

import com.fasterxml.jackson.databind.JsonNode;
import da3.core.InputProcessing;
import da3.core.ProcessedInput;
import da3.core.ResizeMethod;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.ScalarMap;
import da3.io.ColorMap;
import da3.io.DepthColorizer;
import da3.io.internal.Rounding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Recomputes the function cases of input processing, depth colors and rounding. */
final class InputFunctions {

    private static final String SPECTRAL = "Spectral";

    /** Range of the {@code out.rgb_fixed_range_} tensors; the cases do not state it. */
    private static final DepthColorizer.Range FIXED_RANGE = new DepthColorizer.Range(0.2f, 1.5f);

    private InputFunctions() {}

    static Map<String, FunctionCase> byName() {
        return Map.of(
                "InputProcessor", InputFunctions::process,
                "visualize_depth", InputFunctions::depthColors,
                "vis_depth_map_tensor", InputFunctions::logarithmicColors,
                "np.round", InputFunctions::round);
    }

    private static Map<String, GoldenTensor> process(GoldenCase golden) throws IOException {
        List<Image> images = images(golden);
        List<Intrinsics> intrinsics =
                golden.has("in.intrinsics") ? new Inputs(golden).intrinsics("in.intrinsics") : List.of();
        Results results = new Results(golden);
        for (JsonNode name : golden.params().path("methods")) {
            ProcessedInput processed = InputProcessing.process(
                    images, intrinsics, golden.params().path("process_res").asInt(), ResizeMethod.of(name.asText()));
            String prefix = "out." + name.asText() + ".";
            float[] normalized = InputProcessing.normalize(processed.images());
            results.put(
                    prefix + "pixels",
                    joined(processed.images().stream().map(Image::rgb).toList()));
            results.put(prefix + "tensor", normalized);
            results.put(prefix + "processed_images", recovered(normalized, images.size()));
            results.putMatrices(
                    prefix + "intrinsics",
                    processed.intrinsics().stream().map(Intrinsics::matrix).toList());
            if (golden.has("in.extrinsics")) {
                results.put(
                        prefix + "extrinsics", golden.tensor("in.extrinsics").doubles());
            }
        }
        return results.asMap();
    }

    /** Returns the images {@code in.image_0}, {@code in.image_1}, ..., each (height, width, 3). */
    private static List<Image> images(GoldenCase golden) throws IOException {
        List<Image> images = new ArrayList<>();
        while (golden.has("in.image_" + images.size())) {
            GoldenTensor image = golden.tensor("in.image_" + images.size());
            images.add(new Image(image.size(1), image.size(0), image.bytes()));
        }
        return images;
    }

    private static byte[] recovered(float[] normalized, int views) {
        int view = normalized.length / views;
        List<byte[]> recovered = new ArrayList<>();
        for (int at = 0; at < normalized.length; at += view) {
            recovered.add(InputProcessing.denormalize(Arrays.copyOfRange(normalized, at, at + view)));
        }
        return joined(recovered);
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static Map<String, GoldenTensor> depthColors(GoldenCase golden) throws IOException {
        ScalarMap depth = new Inputs(golden).maps("in.depth").get(0);
        DepthColorizer.Range range = DepthColorizer.Range.of(depth);
        Results results = new Results(golden);
        results.put("out.min_max", range.far(), range.near());
        results.put("out.rgb_float", DepthColorizer.channels(depth, ColorMap.SPECTRAL, range));
        results.put("out.rgb_u8", DepthColorizer.of(depth, ColorMap.SPECTRAL).rgb());
        if (golden.has("in.few_valid")) {
            ScalarMap fewValid = new Inputs(golden).maps("in.few_valid").get(0);
            results.put(
                    "out.few_valid_u8",
                    DepthColorizer.of(fewValid, ColorMap.SPECTRAL).rgb());
        }
        for (String colors : results.expected("out.rgb_fixed_range_")) {
            Image picture = DepthColorizer.of(depth, colors(golden, colors), FIXED_RANGE);
            results.put("out.rgb_fixed_range_" + colors, picture.rgb());
        }
        return results.asMap();
    }

    private static Map<String, GoldenTensor> logarithmicColors(GoldenCase golden) throws IOException {
        ColorMap colors = colors(golden, golden.params().path("colormap").asText());
        List<float[]> pictures = DepthColorizer.logarithmic(new Inputs(golden).maps("in.depth"), colors);
        GoldenTensor depth = golden.tensor("in.depth");
        float[] rgb = new float[3 * depth.length()];
        int at = 0;
        for (float[] picture : pictures) {
            System.arraycopy(picture, 0, rgb, at, picture.length);
            at += picture.length;
        }
        Results results = new Results(golden);
        results.put("out.rgb", rgb);
        return results.asMap();
    }

    /** Returns {@link ColorMap#SPECTRAL}, or the table of another scheme from the case. */
    private static ColorMap colors(GoldenCase golden, String name) throws IOException {
        return name.equals(SPECTRAL)
                ? ColorMap.SPECTRAL
                : ColorMap.ofTable(golden.tensor("in.lut_" + name).doubles());
    }

    private static Map<String, GoldenTensor> round(GoldenCase golden) throws IOException {
        float[] values = golden.tensor("in.values").floats();
        Results results = new Results(golden);
        for (String digits : results.expected("out.round_")) {
            results.put("out.round_" + digits, Rounding.toDigits(values, Integer.parseInt(digits)));
        }
        return results.asMap();
    }
}

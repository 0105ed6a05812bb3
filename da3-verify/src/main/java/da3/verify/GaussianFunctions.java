package da3.verify;

import com.fasterxml.jackson.databind.JsonNode;
import da3.geometry.GaussianCloud;
import da3.geometry.Pose;
import da3.geometry.gaussian.GaussianAdapter;
import da3.geometry.gaussian.GaussianOptions;
import da3.geometry.gaussian.Opacity;
import da3.geometry.math.Mat3;
import da3.geometry.math.Quaternion;
import da3.geometry.math.SphericalHarmonics;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Recomputes the function cases of Gaussians. */
final class GaussianFunctions {

    private GaussianFunctions() {}

    static Map<String, FunctionCase> byName() {
        return Map.of(
                "GaussianAdapter", GaussianFunctions::adapt,
                "cam_quat_xyzw_to_world_quat_wxyz", GaussianFunctions::rotateQuaternions,
                "rotate_sh", GaussianFunctions::rotateHarmonics,
                "map_pdf_to_opacity", GaussianFunctions::opacities);
    }

    private static Map<String, GoldenTensor> adapt(GoldenCase golden) throws IOException {
        Inputs inputs = new Inputs(golden);
        Optional<List<Pose>> given =
                golden.has("in.gt_extrinsics") ? Optional.of(inputs.poses("in.gt_extrinsics")) : Optional.empty();
        GaussianCloud cloud = new GaussianAdapter(options(golden.params()))
                .adapt(
                        golden.tensor("in.raw").floats(),
                        inputs.maps("in.depth"),
                        inputs.maps("in.opacity"),
                        inputs.cameras(),
                        given);
        Results results = new Results(golden);
        results.put("out.means", cloud.means());
        results.put("out.scales", cloud.scales());
        results.put("out.rotations", cloud.rotations());
        results.put("out.harmonics", cloud.harmonics());
        results.put("out.opacities", cloud.opacities());
        return results.asMap();
    }

    private static GaussianOptions options(JsonNode params) {
        GaussianOptions published = GaussianOptions.defaults(
                params.path("sh_degree").asInt(),
                params.path("pred_offset_depth").asBoolean(),
                params.path("pred_offset_xy").asBoolean());
        return new GaussianOptions(
                published.shDegree(),
                params.path("pred_color").asBoolean(),
                published.offsetDepth(),
                published.offsetXy(),
                params.path("scale_min").asDouble(published.scaleMin()),
                params.path("scale_max").asDouble(published.scaleMax()),
                published.shMaskBase(),
                published.shMaskDecay());
    }

    private static Map<String, GoldenTensor> rotateQuaternions(GoldenCase golden) throws IOException {
        List<Pose> cameraToWorld = new Inputs(golden).poses("in.c2w");
        float[] quaternions = golden.tensor("in.cam_quat").floats();
        float[] rotated = new float[quaternions.length];
        for (int i = 0; i < cameraToWorld.size(); i++) {
            Quaternion camera = Quaternion.ofMatrix(cameraToWorld.get(i).rotation());
            GaussianAdapter.rotate(camera, quaternions, 4 * i, rotated, 4 * i);
        }
        Results results = new Results(golden);
        results.put("out.world_quat", rotated);
        return results.asMap();
    }

    private static Map<String, GoldenTensor> rotateHarmonics(GoldenCase golden) throws IOException {
        List<Mat3> rotations = new Inputs(golden).matrices("in.rotation");
        GoldenTensor harmonics = golden.tensor("in.sh"); // (rotations, .., coefficients)
        int coefficients = harmonics.size(-1);
        int degree = (int) Math.sqrt(coefficients) - 1;
        int each = harmonics.length() / rotations.size();
        double[] in = harmonics.doubles();
        float[] rotated = new float[in.length];
        for (int i = 0; i < rotations.size(); i++) {
            double[][] blocks = SphericalHarmonics.rotation(rotations.get(i), degree);
            for (int at = i * each; at < (i + 1) * each; at += coefficients) {
                SphericalHarmonics.rotate(blocks, in, at, rotated, at);
            }
        }
        Results results = new Results(golden);
        results.put("out.rotated", rotated);
        return results.asMap();
    }

    private static Map<String, GoldenTensor> opacities(GoldenCase golden) throws IOException {
        double[] probabilities = golden.tensor("in.pdf").doubles();
        Results results = new Results(golden);
        for (String when : results.expected("out.opacity_")) {
            double exponent = exponent(golden.params().path("mapping"), when);
            results.put(
                    "out.opacity_" + when,
                    Arrays.stream(probabilities)
                            .map(p -> Opacity.ofProbability(p, exponent))
                            .toArray());
        }
        return results.asMap();
    }

    /**
     * Returns the exponent of the opacity mapping, which increases during training from 2^initial to 2^final.
     *
     * @param when {@code default}, or {@code step} followed by a number
     */
    private static double exponent(JsonNode mapping, String when) {
        if (!when.startsWith("step")) {
            return 1;
        }
        double warmth = Math.min(
                1,
                Integer.parseInt(when.substring("step".length()))
                        / mapping.path("warm_up").asDouble());
        double initial = mapping.path("initial").asDouble();
        return Math.pow(2, initial + warmth * (mapping.path("final").asDouble() - initial));
    }
}

package da3.io;

import da3.geometry.GaussianCloud;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.check.Check;
import da3.geometry.math.Percentiles;
import da3.geometry.math.SphericalHarmonics;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes Gaussians for the viewers of 3D Gaussian splatting, as a binary PLY file with one vertex per Gaussian.
 * Opacities are stored as logits, scales as natural logarithms, rotations as w, x, y, z, and harmonics with the
 * constant coefficients first, followed by all others of red, green and blue. Source: the reference's
 * {@code utils/gsply_helpers.py}; the layout is that of Kerbl et al., 2023.
 *
 * <p>Opacities of 0 and 1 and scales of 0 have no finite logit or logarithm; the closest value that has one is written.
 */
public final class GaussianPly {

    private static final int MCMC_REST = 45;
    private static final double MAX_OPACITY = 1 - 0x1p-24;
    private static final double MIN_OPACITY = 0x1p-24;
    private static final int CHUNK = 1 << 12;

    private GaussianPly() {}

    /** Calls {@link #write(Scene, Path, GaussianPlyOptions)} with the options of the reference's application. */
    public static Path write(Scene scene, Path exportDirectory) throws IOException {
        return write(scene, exportDirectory, GaussianPlyOptions.defaults());
    }

    /**
     * Writes {@code gs_ply/0000.ply} and returns its path.
     *
     * @throws IllegalArgumentException if the scene has no Gaussians, not one for each pixel, or an invalid one
     */
    public static Path write(Scene scene, Path exportDirectory, GaussianPlyOptions options) throws IOException {
        GaussianCloud selected = selected(scene, options);
        return ExportDirectory.open(exportDirectory).write("gs_ply/0000.ply", out -> write(selected, out, options));
    }

    /**
     * Returns the Gaussians of a scene that the options select.
     *
     * @throws IllegalArgumentException if the scene has no Gaussians, not one for each pixel, or an invalid one
     */
    public static GaussianCloud selected(Scene scene, GaussianPlyOptions options) {
        GaussianCloud cloud = scene.gaussians()
                .orElseThrow(() -> Check.invalid(
                        "scene for gs_ply", "a prediction whose request asked for Gaussians", "one without them"));
        return GaussianSelection.of(
                        cloud, scene.views().stream().map(View::depth).toList(), options)
                .withPositiveScales()
                .requireValid();
    }

    /**
     * Writes all Gaussians of a cloud.
     *
     * @param options only the layout and {@code normalized} are used
     * @throws IllegalArgumentException if the cloud is to be normalized but has no extent
     */
    public static void write(GaussianCloud cloud, OutputStream out, GaussianPlyOptions options) throws IOException {
        GaussianCloud written = options.normalized() ? normalized(cloud) : cloud;
        List<String> columns = columns(written.degree(), options.layout());
        out.write(header(written.size(), columns).getBytes(StandardCharsets.US_ASCII));
        ByteBuffer rows =
                ByteBuffer.allocate(CHUNK * columns.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        float[] row = new float[columns.size()];
        for (int i = 0; i < written.size(); i++) {
            fill(row, written, i, options.layout());
            for (float value : row) {
                rows.putFloat(value);
            }
            if (!rows.hasRemaining() || i == written.size() - 1) {
                out.write(rows.array(), 0, rows.position());
                rows.clear();
            }
        }
    }

    /** Fills a row with the values of one Gaussian, in the order of the columns. */
    private static void fill(float[] row, GaussianCloud cloud, int i, GaussianPlyOptions.Layout layout) {
        int coefficients = SphericalHarmonics.coefficients(cloud.degree());
        Arrays.fill(row, 0);
        System.arraycopy(cloud.means(), 3 * i, row, 0, 3);
        int at = layout == GaussianPlyOptions.Layout.MCMC ? 3 : 6;
        for (int c = 0; c < 3; c++) {
            row[at++] = cloud.harmonics()[(3 * i + c) * coefficients];
        }
        int rest = rest(cloud.degree(), layout);
        if (layout == GaussianPlyOptions.Layout.ALL_HARMONICS) {
            for (int c = 0; c < 3; c++) {
                int each = coefficients - 1;
                System.arraycopy(cloud.harmonics(), (3 * i + c) * coefficients + 1, row, at + c * each, each);
            }
        }
        at += rest;
        double opacity = Math.max(MIN_OPACITY, Math.min(MAX_OPACITY, cloud.opacities()[i]));
        row[at++] = (float) Math.log(opacity / (1 - opacity));
        for (int a = 0; a < 3; a++) {
            row[at++] = (float) Math.log(Math.max(Float.MIN_NORMAL, cloud.scales()[3 * i + a]));
        }
        System.arraycopy(cloud.rotations(), 4 * i, row, at, 4);
    }

    private static int rest(int degree, GaussianPlyOptions.Layout layout) {
        return switch (layout) {
            case CONSTANT_COLOR -> 0;
            case ALL_HARMONICS -> 3 * (SphericalHarmonics.coefficients(degree) - 1);
            case MCMC -> MCMC_REST;
        };
    }

    private static List<String> columns(int degree, GaussianPlyOptions.Layout layout) {
        List<String> columns = new ArrayList<>(List.of("x", "y", "z"));
        if (layout != GaussianPlyOptions.Layout.MCMC) {
            columns.addAll(List.of("nx", "ny", "nz"));
        }
        number(columns, "f_dc_", 3);
        number(columns, "f_rest_", rest(degree, layout));
        columns.add("opacity");
        number(columns, "scale_", 3);
        number(columns, "rot_", 4);
        return columns;
    }

    private static void number(List<String> columns, String prefix, int count) {
        for (int i = 0; i < count; i++) {
            columns.add(prefix + i);
        }
    }

    private static String header(int size, List<String> columns) {
        StringBuilder header = new StringBuilder("ply\nformat binary_little_endian 1.0\nelement vertex ")
                .append(size)
                .append('\n');
        columns.forEach(
                column -> header.append("property float ").append(column).append('\n'));
        return header.append("end_header\n").toString();
    }

    private static GaussianCloud normalized(GaussianCloud cloud) {
        if (cloud.size() == 0) {
            throw Check.invalid("number of Gaussians to normalize", "positive", 0);
        }
        float[] means = cloud.means().clone();
        double extent = 0;
        for (int axis = 0; axis < 3; axis++) {
            float[] coordinates = new float[cloud.size()];
            for (int i = 0; i < coordinates.length; i++) {
                coordinates[i] = means[3 * i + axis];
            }
            float[] sorted = coordinates.clone();
            Arrays.sort(sorted);
            float median = sorted[(sorted.length - 1) / 2]; // the lower one for an even number
            for (int i = 0; i < coordinates.length; i++) {
                means[3 * i + axis] = coordinates[i] - median;
                coordinates[i] = Math.abs(coordinates[i] - median);
            }
            extent = Math.max(extent, Percentiles.quantile(coordinates, 0.95));
        }
        Check.positive("extent of the Gaussians to normalize", extent);
        return new GaussianCloud(
                        means, cloud.scales(), cloud.rotations(), cloud.harmonics(), cloud.opacities(), cloud.degree())
                .scaled(1 / extent);
    }
}

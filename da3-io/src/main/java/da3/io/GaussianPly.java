package da3.io;

import da3.geometry.GaussianCloud;
import da3.geometry.Scene;
import da3.geometry.View;
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
 * Gaussians as the viewers of 3D Gaussian splatting read them: a binary PLY file with one vertex a Gaussian. Opacities are
 * logits, scales natural logarithms, rotations w, x, y, z, harmonics first the constant ones and then all others of red, of
 * green and of blue. Source: the reference's {@code utils/gsply_helpers.py}; the layout is that of Kerbl et al., 2023.
 *
 * <p>An opacity of 0 or 1 and a scale of 0 have no finite logit or logarithm; they are written as the closest that has one.
 */
public final class GaussianPly {

    private static final int MCMC_REST = 45;
    private static final double OPAQUE = 1 - 0x1p-24;
    private static final double CLEAR = 0x1p-24;
    private static final int CHUNK = 1 << 12;

    private GaussianPly() {}

    /** {@link #write(Scene, Path, GaussianPlyOptions)} as the reference's application does. */
    public static Path write(Scene scene, Path exportDirectory) throws IOException {
        return write(scene, exportDirectory, GaussianPlyOptions.defaults());
    }

    /**
     * Writes {@code gs_ply/0000.ply}, and gives its path.
     *
     * @throws IllegalArgumentException if the scene has no Gaussians, not as many as pixels, or one that is none
     */
    public static Path write(Scene scene, Path exportDirectory, GaussianPlyOptions options) throws IOException {
        GaussianCloud selected = selected(scene, options);
        return ExportDirectory.open(exportDirectory).write("gs_ply/0000.ply", out -> write(selected, out, options));
    }

    /**
     * The Gaussians that are written.
     *
     * @throws IllegalArgumentException if the scene has no Gaussians, not as many as pixels, or one that is none
     */
    public static GaussianCloud selected(Scene scene, GaussianPlyOptions options) {
        GaussianCloud cloud = scene.gaussians()
                .orElseThrow(() -> new IllegalArgumentException(
                        "gs_ply of a scene without Gaussians; legal: a prediction that was asked for gaussians"));
        return GaussianSelection.of(
                        cloud, scene.views().stream().map(View::depth).toList(), options)
                .withPositiveScales()
                .requireValid();
    }

    /**
     * Writes a file of all of a cloud's Gaussians.
     *
     * @param options of which the layout and whether it is normalized count here
     */
    public static void write(GaussianCloud cloud, OutputStream out, GaussianPlyOptions options) throws IOException {
        GaussianCloud placed = options.normalized() ? normalized(cloud) : cloud;
        List<String> columns = columns(placed.degree(), options.layout());
        out.write(header(placed.size(), columns).getBytes(StandardCharsets.US_ASCII));
        ByteBuffer rows =
                ByteBuffer.allocate(CHUNK * columns.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        float[] row = new float[columns.size()];
        for (int i = 0; i < placed.size(); i++) {
            fill(row, placed, i, options.layout());
            for (float value : row) {
                rows.putFloat(value);
            }
            if (!rows.hasRemaining() || i == placed.size() - 1) {
                out.write(rows.array(), 0, rows.position());
                rows.clear();
            }
        }
    }

    /** The numbers of one Gaussian, in the order of the columns. */
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
        double opacity = Math.max(CLEAR, Math.min(OPAQUE, cloud.opacities()[i]));
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
            throw new IllegalArgumentException("no Gaussians have no size to normalize by; legal: at least one");
        }
        float[] means = cloud.means().clone();
        double extent = 0;
        for (int axis = 0; axis < 3; axis++) {
            float[] places = new float[cloud.size()];
            for (int i = 0; i < places.length; i++) {
                places[i] = means[3 * i + axis];
            }
            float[] sorted = places.clone();
            Arrays.sort(sorted);
            float median = sorted[(sorted.length - 1) / 2]; // of an even number the lower one
            for (int i = 0; i < places.length; i++) {
                means[3 * i + axis] = places[i] - median;
                places[i] = Math.abs(places[i] - median);
            }
            extent = Math.max(extent, Percentiles.quantile(places, 0.95));
        }
        if (!(extent > 0)) {
            throw new IllegalArgumentException("Gaussians all at one place have no size to normalize by; legal: spread"
                    + " out, or not normalized");
        }
        return new GaussianCloud(
                        means, cloud.scales(), cloud.rotations(), cloud.harmonics(), cloud.opacities(), cloud.degree())
                .scaled(1 / extent);
    }
}

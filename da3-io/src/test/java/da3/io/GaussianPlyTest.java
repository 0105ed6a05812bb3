package da3.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.GaussianCloud;
import da3.geometry.Scene;
import da3.geometry.View;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianPlyTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void gaussiansAreReadBack(int degree) throws IOException {
        GaussianCloud cloud = cloud(5000, degree); // more than a chunk
        GaussianCloud again = reread(cloud, GaussianPlyOptions.complete());
        assertThat(again.means()).isEqualTo(cloud.means());
        assertThat(again.rotations()).isEqualTo(cloud.rotations());
        assertThat(again.harmonics()).isEqualTo(cloud.harmonics());
        assertThat(again.scales()).containsExactly(cloud.scales(), within(1e-6f));
        assertThat(again.opacities()).containsExactly(cloud.opacities(), within(1e-6f));
        assertThat(again.degree()).isEqualTo(degree);
    }

    @Test
    void theHeaderHasTheColumnsThatViewersExpect() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        GaussianPly.write(cloud(2, 2), out, GaussianPlyOptions.defaults());
        String text = out.toString(StandardCharsets.ISO_8859_1);
        String header = text.substring(0, text.indexOf("end_header\n") + 11);
        assertThat(header.lines().map(line -> line.replace("property float ", "")))
                .containsExactly(
                        "ply",
                        "format binary_little_endian 1.0",
                        "element vertex 2",
                        "x",
                        "y",
                        "z",
                        "nx",
                        "ny",
                        "nz",
                        "f_dc_0",
                        "f_dc_1",
                        "f_dc_2",
                        "opacity",
                        "scale_0",
                        "scale_1",
                        "scale_2",
                        "rot_0",
                        "rot_1",
                        "rot_2",
                        "rot_3",
                        "end_header");
        assertThat(out.size()).isEqualTo(header.length() + 2 * 17 * 4);
    }

    @Test
    void extremeOpacitiesAndScalesStayFinite() throws IOException {
        GaussianCloud cloud = cloud(2, 0);
        cloud.opacities()[0] = 1;
        cloud.opacities()[1] = 0;
        cloud.scales()[4] = 0;
        GaussianCloud again = reread(cloud, GaussianPlyOptions.complete());
        assertThat(again.opacities()).containsExactly(new float[] {1, 0}, within(1e-6f));
        assertThat(again.scales()[4]).isCloseTo(0, within(1e-30f));
    }

    @Test
    void theMcmcLayoutHasZeroHarmonicsOfDegreeThree() throws IOException {
        GaussianCloud cloud = cloud(3, 2);
        GaussianCloud again = reread(cloud, GaussianPlyOptions.complete().withLayout(GaussianPlyOptions.Layout.MCMC));
        assertThat(again.degree()).isEqualTo(3);
        assertThat(again.harmonics()[16]).isEqualTo(cloud.harmonics()[9]);
        assertThat(Arrays.copyOfRange(again.harmonics(), 17, 32)).containsOnly(0);
    }

    /** Images under 32 pixels keep all Gaussians; the reference would keep none. */
    @ParameterizedTest
    @CsvSource({"31, 20, 620", "32, 20, 600", "64, 32, 1800", "256, 64, 14400"})
    void bordersAreTrimmed(int width, int height, int kept) {
        GaussianPlyOptions options = GaussianPlyOptions.defaults().withDepthQuantile(1);
        assertThat(GaussianPly.selected(scene(width, height, 1), options).size())
                .isEqualTo(kept);
    }

    @Test
    void gaussiansBeyondTheDepthQuantileOfTheirViewAreOmitted() {
        GaussianPlyOptions options = GaussianPlyOptions.complete().withDepthQuantile(0.75);
        Scene scene = scene(9, 5, 3);
        GaussianCloud selected = GaussianPly.selected(scene, options);
        assertThat(selected.size()).isEqualTo(3 * 34); // sorted depths 0 to 33 of 0 to 44
        float[] depths = scene.view(0).depth().values();
        float farthest = Float.MAX_VALUE;
        for (int i = 0, at = 0; i < depths.length; i++) {
            if (at < 34
                    && selected.opacities()[at]
                            == scene.gaussians().orElseThrow().opacities()[i]) {
                at++;
            } else {
                farthest = Math.min(farthest, depths[i]);
            }
        }
        float[] sorted = depths.clone();
        Arrays.sort(sorted);
        assertThat(farthest).isEqualTo(sorted[34]);
    }

    @Test
    void intervalZeroWritesAboutTwelveViews() {
        GaussianPlyOptions options = GaussianPlyOptions.complete().withInterval(0);
        assertThat(GaussianPly.selected(scene(2, 2, 40), options).size()).isEqualTo(4 * 14);
        assertThat(GaussianPly.selected(scene(2, 2, 5), options).size()).isEqualTo(4 * 5);
    }

    @Test
    void theFileIsWrittenToItsFolder() throws IOException {
        Path file = GaussianPly.write(scene(8, 8, 1), folder);
        assertThat(file).isEqualTo(folder.resolve("gs_ply/0000.ply"));
        assertThat(GaussianPlyReader.read(file).size()).isEqualTo(57);
    }

    @Test
    void scenesWithoutMatchingGaussiansAreRefused() {
        View view = Scenes.random(4, 4, 1).view(0);
        Scene without = new Scene(List.of(view), Optional.empty(), false);
        Scene fewer = new Scene(List.of(view), Optional.of(cloud(3, 0)), false);
        assertThatThrownBy(() -> GaussianPly.write(without, folder))
                .hasMessage("scene for gs_ply must be a prediction whose request asked for Gaussians, got one without"
                        + " them");
        assertThatThrownBy(() -> GaussianPly.write(fewer, folder))
                .hasMessage("number of Gaussians must be 16 (one per pixel of depth at the processing size), got 3");
        assertThatThrownBy(() -> GaussianPlyOptions.defaults().withDepthQuantile(0))
                .hasMessage("depth quantile must be above 0 and at most 1, got 0.0");
        assertThatThrownBy(() -> GaussianPlyOptions.defaults().withInterval(-1))
                .hasMessage("interval must be at least 0, got -1");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anEmptyCloudCannotBeNormalized() {
        GaussianPlyOptions normalized =
                new GaussianPlyOptions(false, 1, 1, GaussianPlyOptions.Layout.CONSTANT_COLOR, true);
        assertThatThrownBy(() -> GaussianPly.write(cloud(0, 0), new ByteArrayOutputStream(), normalized))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("number of Gaussians to normalize must be positive, got 0");
    }

    @Test
    void invalidFilesAreRefused() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        GaussianPly.write(cloud(3, 0), out, GaussianPlyOptions.complete());
        byte[] good = out.toByteArray();
        String text = out.toString(StandardCharsets.ISO_8859_1);
        refused(Arrays.copyOf(good, good.length - 1), "the file ends within Gaussian 2 of 3");
        refused(Arrays.copyOf(good, 40), "its header has no end");
        refused("plx\n".getBytes(StandardCharsets.US_ASCII), "first line must be 'ply', got another one");
        refused(
                changed(text, "binary_little_endian", "ascii"),
                "format must be 'format binary_little_endian 1.0', got 'format ascii 1.0'");
        refused(changed(text, "property float opacity", "property float haze"), "no column 'opacity'");
        refused(
                changed(text, "property float nx", "property uchar nx"),
                "property must be 'property float NAME', got 'property uchar nx'");
        refused(changed(text, "nx", "f_rest_0"), "f_rest_ columns must be 0, 9, 24 or 45 (degrees 0 to 3), got 1");
        refused(
                changed(text, "vertex 3", "vertex 99999999"),
                "size of a file of 99999999 Gaussians must be at least 6799999932 bytes, got " + (good.length + 7));
        refused(
                changed(text, "vertex 3", "vertex 999999999"),
                "number of Gaussians of degree 0 must be at most 536870911, got 999999999");
        byte[] damaged = good.clone();
        Arrays.fill(damaged, good.length - 17 * 4, good.length, (byte) 0xff);
        refused(damaged, "mean of Gaussian 2 must be finite, got NaN");
    }

    private void refused(byte[] bytes, String why) throws IOException {
        Path file = Files.write(folder.resolve("broken.ply"), bytes);
        assertThatThrownBy(() -> GaussianPlyReader.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(why);
    }

    private static byte[] changed(String text, String from, String to) {
        return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }

    private GaussianCloud reread(GaussianCloud cloud, GaussianPlyOptions options) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        GaussianPly.write(cloud, out, options);
        return GaussianPlyReader.read(Files.write(folder.resolve("a.ply"), out.toByteArray()));
    }

    private static Scene scene(int width, int height, int views) {
        List<View> list = IntStream.range(0, views)
                .mapToObj(v -> Scenes.random(width, height, v).view(0))
                .toList();
        return new Scene(list, Optional.of(cloud(views * width * height, 0)), false);
    }

    private static GaussianCloud cloud(int size, int degree) {
        Random random = new Random(size);
        return new GaussianCloud(
                floats(3 * size, -2, random),
                floats(3 * size, 0.01f, random),
                floats(4 * size, 0.1f, random),
                floats(3 * (degree + 1) * (degree + 1) * size, -1, random),
                floats(size, 0, random),
                degree);
    }

    private static float[] floats(int n, float min, Random random) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = min + random.nextFloat();
        }
        return values;
    }
}

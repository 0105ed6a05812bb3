package da3.train.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunPageTest {

    @TempDir
    Path folder;

    private String page(String config) throws IOException {
        return Files.readString(RunPage.write(folder, config));
    }

    @Test
    void showsCurvesMetricsPicturesAndConfiguration() throws IOException {
        Files.writeString(
                folder.resolve(RunPage.STEPS),
                "step,loss_depth,loss_total,learning_rate_0,skipped\n1,0.5,2,0.001,0\n2,0.25,NaN,0.002,0\n3,0.1,");
        Files.writeString(
                folder.resolve(RunPage.VALIDATIONS),
                "step,abs_rel,abs_rel_constant,base_abs_rel\n1,0.4,0.5,0.3\n2,0.25,0.5,0.3\n");
        Files.createDirectories(folder.resolve(RunPage.PICTURES));
        Files.write(folder.resolve(RunPage.PICTURES).resolve("000.png"), new byte[] {1, 2, 3});
        assertThat(page("a: <b> & 50 %"))
                .contains("Step 2. Last validation at step 2:")
                .contains("<th scope=\"row\">abs_rel</th><td>0.2500</td><td>0.3000</td><td>0.5000</td>")
                .contains("<figcaption>loss_depth</figcaption>", "<figcaption>learning rates</figcaption>")
                .contains("data:image/png;base64,AQID")
                .contains("a: &lt;b&gt; &amp; 50 %")
                .doesNotContain("http");
    }

    @Test
    void picturesAndComparisonsOfGaussiansAreNamed() throws IOException {
        Files.writeString(
                folder.resolve(RunPage.VALIDATIONS),
                "step,psnr,psnr_isotropic,psnr_merged,base_psnr\n1,20,18,19,17\n2,21,18,19,17\n");
        Files.createDirectories(folder.resolve(RunPage.PICTURES));
        Files.write(folder.resolve(RunPage.PICTURES).resolve("000.png"), new byte[] {1, 2, 3});
        assertThat(page(""))
                .contains(
                        "<th scope=\"col\">base</th><th scope=\"col\">isotropic</th><th scope=\"col\">merged</th></tr>")
                .contains("<th scope=\"row\">psnr</th><td>21.00</td><td>17.00</td><td>18.00</td><td>19.00</td>")
                .contains("Held-out image, rendering of the predicted Gaussians")
                .doesNotContain("true depth", "constant", "<figcaption>psnr_merged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "2,", "2,1.5E-"})
    void aLineThatIsCutOffIsIgnored(String rest) throws IOException {
        Files.writeString(folder.resolve(RunPage.STEPS), "step,loss_total\n1,0.5\n" + rest);
        assertThat(page("")).contains("Step 1.");
    }

    @Test
    void valuesOfLinesDiffer() {
        LinePlot plot = new LinePlot("narrow");
        plot.add(new double[] {1, 2}, new double[] {17.44, 17.46}, "red", false);
        assertThat(plot.svg()).contains(">17.4400<", ">17.4450<", ">17.4500<", ">17.4550<", ">17.4600<");
    }

    @Test
    void aRunWithoutTablesHasOnlyItsConfiguration() throws IOException {
        assertThat(page("seed: 1"))
                .contains("No step was taken yet.", "seed: 1")
                .doesNotContain("<svg", "<img");
    }

    @Test
    void faultsNameFileAndLine() throws IOException {
        Path steps = Files.writeString(folder.resolve(RunPage.STEPS), "step,a\n1,x\n");
        assertThatThrownBy(() -> page("")).hasMessage("line 2 of " + steps + " must have numbers, got x");
        Files.writeString(steps, "step,a\n1\n2,3\n");
        assertThatThrownBy(() -> page("")).hasMessage("line 2 of " + steps + " must have 2 values, got 1");
    }

    @Test
    void longLinesAreAveragedAndGapsLeftOut() {
        double[] steps = new double[3000];
        double[] values = new double[3000];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = i;
            values[i] = i % 2 == 0 ? Double.NaN : i;
        }
        LinePlot plot = new LinePlot("a \"b\"");
        plot.add(steps, values, "red", true);
        String svg = plot.svg();
        assertThat(svg).contains("aria-label=\"a &quot;b&quot;\"").doesNotContain("NaN");
        String points = svg.substring(svg.indexOf("points=\"") + 8, svg.indexOf("\" fill=\"none\""));
        assertThat(points.split(" ")).hasSize(300);
        assertThat(points).startsWith("56.0,196.0").endsWith("410.0,10.0");
    }

    @Test
    void aSinglePointIsADot() {
        LinePlot plot = new LinePlot("one");
        plot.add(new double[] {5}, new double[] {2}, "red", false);
        assertThat(plot.svg()).contains("<circle");
        LinePlot none = new LinePlot("none");
        none.add(new double[] {5}, new double[] {Double.NaN}, "red", false);
        assertThat(none.svg()).isEmpty();
    }
}

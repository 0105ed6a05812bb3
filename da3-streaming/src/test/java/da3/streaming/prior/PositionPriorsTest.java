package da3.streaming.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.math.Vec3;
import da3.streaming.prior.PositionPriors.Placed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PositionPriorsTest {

    @TempDir
    private Path folder;

    /** Each position belongs to the nearest frame, or to none if that is too far away. */
    @Test
    void positionsByTime() throws IOException {
        PositionPriors priors =
                read("# local coordinates", "time, x, y, z, sigma", "0.9,1,2,3,0.5", "1.06,4,5,6,0.5", "9,7,8,9,1");
        assertThat(priors.size()).isEqualTo(3);
        List<Placed> placed = priors.place(new double[] {0, 0.5, 1, 1.5}, List.of("a", "b", "c", "d"));
        assertThat(placed).extracting(Placed::frame).containsExactly(2, 2);
        assertThat(placed.get(1).prior()).isEqualTo(new PositionPrior(new Vec3(4, 5, 6), 0.5, 0.5));
        assertThat(placed.get(1).prior().covariance().m00()).isEqualTo(0.25);
        assertThat(priors.place(new double[0], List.of())).isEmpty();
    }

    @Test
    void geodeticPositionsByName() throws IOException {
        PositionPriors priors = read(
                "altitude,frame,latitude,longitude,sigma_vertical,sigma_horizontal",
                "400,b.jpg,47,8,5,2",
                "401,a.jpg,47.0001,8,5,2");
        List<Placed> placed = priors.place(new double[] {0, 1}, List.of("a.jpg", "b.jpg"));
        assertThat(placed).extracting(Placed::frame).containsExactly(0, 1);
        assertThat(placed.get(1).prior().position().norm()).isLessThan(1e-8); // the first one is the origin
        Vec3 north = placed.get(0).prior().position();
        assertThat(north.y()).isCloseTo(11.12, within(0.01));
        assertThat(north.z()).isCloseTo(1, within(1e-4));
        assertThat(placed.get(0).prior().covariance().m00()).isEqualTo(4);
        assertThat(placed.get(0).prior().covariance().m22()).isEqualTo(25);
    }

    @Test
    void wrongFiles() {
        assertThatThrownBy(() -> read("time,x,y,z", "0,1,2,3"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gps.csv must be time or frame;")
                .hasMessageEndingWith("got time, x, y, z");
        assertThatThrownBy(() -> read("time,x,y,z,sigma")).hasMessageContaining("contains no positions");
        assertThatThrownBy(() -> read("time,x,y,z,sigma", "0,1,2,3"))
                .hasMessageContaining("fields of line 2 of")
                .hasMessageContaining("must be 5 as the columns of the first line, got 4");
        assertThatThrownBy(() -> read("time,x,y,z,sigma", "", "0,1,2,three,1"))
                .hasMessageContaining("line 3 of")
                .hasMessageEndingWith("is no position: z must be a number, got 'three'");
        assertThatThrownBy(() -> read("time,x,y,z,sigma", "0,1,2,3,0"))
                .hasMessageContaining("horizontal standard deviation must be from 0.000001 to 1000000, got 0");
        assertThatThrownBy(() -> read("time,latitude,longitude,altitude,sigma", "0,95,2,3,1"))
                .hasMessageContaining("latitude must be from -90");
    }

    private PositionPriors read(String... lines) throws IOException {
        return PositionPriors.read(Files.write(folder.resolve("gps.csv"), List.of(lines)));
    }
}

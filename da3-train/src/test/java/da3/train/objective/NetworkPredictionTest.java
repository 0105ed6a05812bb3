package da3.train.objective;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NetworkPredictionTest {

    @Test
    void splitsTensors() {
        float[] camera = new float[9];
        StudentPrediction prediction = new NetworkPrediction(
                        1,
                        1,
                        2,
                        1,
                        2,
                        new float[] {1, 2, 3, 4},
                        new float[] {1, 2, 3, 4, 5, 6, -1, 7, 8, 9, 10, 11, 12, -2},
                        camera)
                .prediction();
        assertThat(prediction.depth()).containsExactly(1, 3);
        assertThat(prediction.depthConfidence()).containsExactly(3, 5);
        assertThat(prediction.ray()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        assertThat(prediction.poseEncoding()).isSameAs(camera);
    }

    @Test
    void gradientsBecomeCotangentsOfTheTensors() {
        StudentPrediction gradients = new StudentPrediction(
                1, 1, 2, 1, 1, new float[] {1, 2}, new float[] {3, 4}, new float[] {5, 6, 7, 8, 9, 10}, new float[9]);
        NetworkPrediction cotangents = NetworkPrediction.cotangents(gradients);
        assertThat(cotangents.depth()).containsExactly(1, 3, 2, 4);
        assertThat(cotangents.rays()).containsExactly(5, 6, 7, 8, 9, 10, 0);
    }
}

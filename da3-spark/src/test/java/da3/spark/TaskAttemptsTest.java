package da3.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskAttemptsTest {

    @ParameterizedTest
    @CsvSource({"0, 4, false", "2, 4, false", "3, 4, true", "4, 4, true", "0, 1, false", "1, 2, true"})
    void theLastAttemptIsTheOneWhoseFailureEndsTheJob(int attempt, int maxFailures, boolean last) {
        SparkConf conf = new SparkConf(false).set("spark.task.maxFailures", Integer.toString(maxFailures));
        assertThat(TaskAttempts.isLast(attempt, conf)).isEqualTo(last);
    }

    @Test
    void sparkAllowsFourAttemptsByDefault() {
        assertThat(TaskAttempts.isLast(3, new SparkConf(false))).isTrue();
        assertThat(TaskAttempts.isLast(2, new SparkConf(false))).isFalse();
    }
}

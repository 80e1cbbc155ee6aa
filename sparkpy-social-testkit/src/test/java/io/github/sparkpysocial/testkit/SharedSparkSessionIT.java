package io.github.sparkpysocial.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSparkSession.class)
class SharedSparkSessionIT {
  private static final SharedSparkSession SPARK = new SharedSparkSession();

  @Test
  void thereIsOneSessionInTheJvmAndItRuns(SparkSession parameter) {
    assertThat(parameter).isSameAs(SPARK.session()).isSameAs(new SharedSparkSession().session());
    assertThat(parameter.range(1_000).count()).isEqualTo(1_000);
    assertThat(parameter.sparkContext().master()).isEqualTo("local[2]");
    assertThat(parameter.sparkContext().uiWebUrl().isEmpty()).isTrue();
    assertThat(parameter.conf().get("spark.sql.session.timeZone")).isEqualTo("UTC");
    assertThat(parameter.conf().get("spark.sql.shuffle.partitions")).isEqualTo("2");
  }

  @Test
  void aSessionThatATestStoppedIsStartedAgain() {
    SPARK.session().stop();

    assertThat(SPARK.session().range(3).count()).isEqualTo(3);
  }
}

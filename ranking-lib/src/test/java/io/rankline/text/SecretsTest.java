package io.rankline.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:h2:/db;USER=sa;PASSWORD=a b;MODE=x | jdbc:h2:/db;USER=sa;PASSWORD=*** b;MODE=x",
        "jdbc:postgresql://h:5432/db?user=u&password=s3&ssl=1"
            + " | jdbc:postgresql://h:5432/db?user=u&password=***&ssl=1",
        "jdbc:mysql://u:s3@h/db | jdbc:mysql://u:***@h/db",
        "jdbc:oracle:thin:scott/tiger@//h:1521/x | jdbc:oracle:thin:scott/***@//h:1521/x",
        "jdbc:sqlserver://h;accessToken=abc;db=x | jdbc:sqlserver://h;accessToken=***;db=x",
        "hdfs://head:9000/logs/token/day=1 | hdfs://head:9000/logs/token/day=1",
        "csv:/tmp/a@b.csv | csv:/tmp/a@b.csv",
      })
  void passwordsInAddressesAreNotShown(String text, String shown) {
    assertThat(Secrets.hidden(text)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"password", "sfPassword", "fs.s3a.access.key", "authToken", "pwd"})
  void optionsThatHoldSecretsAreKnownByTheirNames(String name) {
    assertThat(Secrets.isSecret(name)).isTrue();
    assertThat(Secrets.isSecret("dbtable")).isFalse();
    assertThat(Secrets.isSecret("partitionColumn")).isFalse();
  }
}
